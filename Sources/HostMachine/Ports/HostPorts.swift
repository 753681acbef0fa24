public import Journal
public import PartyCore

/// The message log as a host needs it: the port to Kafka, or to a modelled log.
public protocol MessageLog {
    /// Takes a chunk; whatever of it does not go now goes later by itself, in its order.
    mutating func publish(_ chunk: OutboxChunk) throws
    /// Takes a message of the checkpoint topic, with the clock reading; Unix milliseconds.
    mutating func publish(_ message: CheckpointMessage, at now: Int64) throws
    /// Whether there is no room: nothing more should be published, and so nothing taken in.
    var isFull: Bool { get }
    /// What became of what was published, since the last time.
    mutating func takeDeliveries() -> Deliveries
    /// Remembers how far the party has read: for lag displays and retention only.
    mutating func acknowledge(_ offsets: [PartitionOffset])
    /// Waits until all is reported, at most the first time; then, where that came, a little longer for the rest, and ends.
    mutating func finish() throws
}

/// What became of messages.
public struct Deliveries: Sendable, Equatable {
    /// Chunks whose every record is confirmed.
    public var confirmed: [Int64] = []
    /// Chunks of which a record is not, and will not be.
    public var failed: [Int64] = []
    /// Whether the checkpoint published last is confirmed.
    public var hasConfirmedCheckpoint = false
    /// Whether it was not taken.
    public var hasFailedCheckpoint = false

    /// Nothing.
    public init() {}
}

/// The store as a host needs it: the port to SQLite, or to memory.
public protocol HostStore {
    /// The party's state.
    associatedtype State: PartyState
    /// Lends the state, and makes its changes durable together with what the body returns, or none of it. Nil and a state
    /// that was not changed need not be made durable.
    mutating func transaction(_ body: (inout State) throws -> HostCommit?) throws
    /// A chunk of the outbox; nil when it is gone.
    mutating func chunk(_ number: Int64) throws -> OutboxChunk?
}

/// The clock: the port to the wall, or to virtual time.
public protocol HostClock {
    /// Unix milliseconds.
    var now: Int64 { get }
}

/// Where a host speaks to people and to those who gave it commands.
public protocol HostOutlet {
    /// Says how the party stands.
    mutating func report(_ report: HostReport) throws
    /// Writes a line.
    mutating func say(_ remark: HostRemark) throws
    /// Answers a command.
    mutating func answer(_ reply: CommandReply) throws
}

/// Stands between a machine and its shell and changes what is done: how a scenario or a test rehearses a dishonest or
/// broken party, of which neither machine nor shell knows.
public protocol ActionGuest {
    /// What is to be done instead.
    mutating func pass(_ actions: [HostAction], books: PartyBooks, now: Int64) throws -> [HostAction]
}
