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
    public var maximumConnections = 1_000
    /// Partitions beyond this number, of all topics together, are refused.
    public var maximumPartitions = 4_000
    /// Whether a metadata request makes a topic that does not exist.
    public var createsTopicsAutomatically = false
    /// Partitions of a topic made without a number.
    public var defaultPartitions = 1
    /// Seconds between two applications of the retention rules.
    public var retentionIntervalSeconds = 5

    /// The defaults, with data under `dataDirectory`.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }
}
