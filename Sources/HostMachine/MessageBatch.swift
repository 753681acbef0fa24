public import ExchangeSchema
public import Journal
public import PartyCore

/// Records that were read from the message log, seen where they lie: a view without copies of what the log's client
/// holds. A machine is generic over it, so that handling a record costs no allocation and no witness call.
public protocol MessageBatch {
    /// How many records there are.
    var count: Int { get }
    /// Where a record was read. The topic's number is its place in ``HostPlan/reads``, or their count for checkpoints.
    func place(at index: Int) -> MessagePlace
    /// The attributes of a record of a topic that the party reads.
    mutating func head(at index: Int) throws(UnreadableHead) -> MessageHead
    /// A message that belongs to another shard of this party, as it is to be handed on to it; nil for one that is taken in
    /// here.
    /// - Throws: `UnreadableHead` for one that was handed on before.
    mutating func handedOn(at index: Int, _ head: MessageHead) throws(UnreadableHead) -> RecordCopy?
    /// Lends the value of a record; an absent one as no bytes.
    func withPayload<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result
    /// A copy of a whole record, for the dead letters.
    func copy(at index: Int) -> RecordCopy
    /// A record of the checkpoint topic; nil when it is no checkpoint message.
    func checkpoint(at index: Int) -> CheckpointMessage?
}

extension MessageBatch {
    /// A party of one shard takes in everything.
    public mutating func handedOn(at index: Int, _ head: MessageHead) throws(UnreadableHead) -> RecordCopy? { nil }
}

/// A record as it came.
public struct RecordCopy: Sendable, Equatable {
    /// The key, if it has one.
    public var key: [UInt8]?
    /// The value, if it has one.
    public var value: [UInt8]?
    /// Its headers.
    public var headers: [DeadLetterHeader]

    /// Takes all parts.
    public init(key: [UInt8]?, value: [UInt8]?, headers: [DeadLetterHeader]) {
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// No records: for turns in which nothing was read.
public struct NoMessages: MessageBatch {
    /// Nothing.
    public init() {}

    /// 0.
    public var count: Int { 0 }

    /// There is none; never called.
    public func place(at index: Int) -> MessagePlace { MessagePlace(topic: 0, partition: -1, offset: -1) }

    /// There is none; never called.
    public func head(at index: Int) throws(UnreadableHead) -> MessageHead { throw UnreadableHead("no record") }

    /// There is none; never called.
    public func withPayload<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result { try body(RawSpan()) }

    /// There is none; never called.
    public func copy(at index: Int) -> RecordCopy { RecordCopy(key: nil, value: nil, headers: []) }

    /// There is none; never called.
    public func checkpoint(at index: Int) -> CheckpointMessage? { nil }
}
