/// How a broker listens, where it keeps its data and what it allows.
public struct BrokerConfiguration: Sendable {
    /// What an acknowledgement promises.
    public enum Durability: String, Sendable, CaseIterable {
        /// The records are with the kernel: they survive the death of the broker, not that of the machine.
        case process
        /// The records are on the disk (`fdatasync`, one for all that wait): they survive a power cut.
        case power
    }

    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes any free one.
    public var port = 9092
    /// The name that clients are told to connect to; `nil`: the address they have used.
    public var advertisedHost: String?
    /// The directory of all data; made where it does not exist.
    public var dataDirectory: String
    /// What an acknowledgement promises.
    public var durability = Durability.process
    /// A segment file closes before it grows beyond this many bytes. At least 4 KiB, at most 1 GiB.
    public var segmentBytes = 128 * 1_024 * 1_024
    /// A larger frame closes its connection.
    public var maximumFrameBytes = 32 * 1_024 * 1_024
    /// A larger record batch is refused with MESSAGE_TOO_LARGE. Kafka's default: 1 MiB and the batch's own head.
    public var maximumBatchBytes = 1_024 * 1_024 + 12
    /// No reply to a fetch grows beyond this (but for one larger batch), whatever the client allows.
    public var maximumFetchBytes = 4 * 1_024 * 1_024
    /// Connections beyond this number are closed at once.
    public var maximumConnections = 2_000
    /// Connections from one address beyond this number are closed at once.
    public var maximumConnectionsPerAddress = 1_000
    /// What requests that have not wholly arrived may take, all connections together, and replies that have not been
    /// taken, in bytes. At least the largest frame.
    public var maximumBytesInFlight = 64 * 1_024 * 1_024
    /// A connection without a request for this long is closed. Kafka's default.
    public var idleTimeoutSeconds = 600
    /// A connection that has not logged in, or has not finished a request that it began, after this long is closed.
    public var requestTimeoutSeconds = 30
    /// Partitions beyond this number, of all topics together, are refused.
    public var maximumPartitions = 4_000
    /// Topics beyond this number are refused.
    public var maximumTopics = 2_000
    /// Consumer groups with members beyond this number are refused.
    public var maximumGroups = 2_000
    /// Members of one group beyond this number are refused.
    public var maximumGroupMembers = 500
    /// The session timeouts that a member of a group may ask for, in milliseconds.
    public var sessionTimeoutMilliseconds = 1_000...1_800_000
    /// How long an empty group waits for more members before its first generation, in milliseconds.
    public var initialRebalanceDelayMilliseconds = 100
    /// The file of users (``BrokerUsers``); with it every client must log in by SASL, PLAIN or SCRAM-SHA-256.
    public var usersFile: String?
    /// The file of access rules; without it everybody may do everything.
    public var rulesFile: String?
    /// The PEM file of the certificate, with its chain; with it connections are by TLS only.
    public var certificateFile: String?
    /// The PEM file of the certificate's private key.
    public var privateKeyFile: String?
    /// Whether anybody beyond this machine may connect without a login. Without users, listening on an address
    /// that is not loopback is refused unless this is set.
    public var allowsAnonymousRemoteClients = false
    /// Whether a metadata request makes a topic that does not exist.
    public var createsTopicsAutomatically = false
    /// Partitions of a topic made without a number.
    public var defaultPartitions = 1
    /// Seconds between two applications of the retention rules.
    public var retentionIntervalSeconds = 5

    /// The defaults, with data under `dataDirectory`.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }
}
