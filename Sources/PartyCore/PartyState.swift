public import ExchangeSchema

/// One thing a party keeps for later, with its place in the queue.
public struct KeptEntry: Sendable, Equatable {
    /// Position in the queue: grows with each entry, never used twice.
    public var position: Int64
    /// The record it belongs to.
    public var record: RecordIdentifier
    /// Since when it is kept; Unix milliseconds.
    public var since: Int64
    /// What is kept.
    public var bytes: [UInt8]

    /// Takes all fields.
    public init(position: Int64, record: RecordIdentifier, since: Int64, bytes: [UInt8]) {
        self.position = position
        self.record = record
        self.since = since
        self.bytes = bytes
    }
}

/// The state a core works on. A host gives it the state before the message and commits what the core changed, together
/// with offsets, journal and outbox, or not at all. Reading can fail where the state lives on a disk.
public protocol PartyState {
    /// The party's state for one record.
    associatedtype Record: RecordValue

    /// The state of a record, or nil when the party has never seen it.
    mutating func record(_ identifier: RecordIdentifier) throws -> Record?
    /// Sets the state of a record.
    mutating func set(_ record: Record, for identifier: RecordIdentifier)
    /// What the party has noted about something that is no record, such as a person; nil for nothing. Notes stand beside
    /// the records, and no law counts them.
    mutating func note(_ subject: RecordIdentifier) throws -> RecordWords?
    /// Notes something, in place of what was noted of it before.
    mutating func setNote(_ words: RecordWords, for subject: RecordIdentifier)
    /// Records whose stored form has one of these values as its fifth word, in ascending order. Goes over all records:
    /// for what is rare.
    mutating func records(withFifthWord values: Set<UInt64>) throws -> [RecordIdentifier]
    /// Keeps bytes for later, at the end of the queue.
    /// - Parameter since: Unix milliseconds; `.max` for what nobody waits for.
    /// - Returns: The position under which they can be had again.
    mutating func keep(_ bytes: [UInt8], for record: RecordIdentifier, since: Int64) -> Int64
    /// What is kept at a position, or nil when it was dropped.
    mutating func kept(at position: Int64) throws -> [UInt8]?
    /// Stops keeping what is at a position; harmless when it is gone.
    mutating func drop(_ position: Int64)
    /// The entries kept longest, oldest first, at most `limit` of them.
    mutating func oldestKept(limit: Int) throws -> [KeptEntry]
    /// What the party's read model says to a question, as it stands after these changes. For whoever runs the core: the
    /// core itself asks by its effects.
    /// - Returns: Nil where there is no read model, or none that is asked such things.
    mutating func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer?
}

extension PartyState {
    /// Most parties keep nothing that is asked.
    public mutating func answer(
        _ question: ReadModelQuestion, after changes: ReadModelChanges
    ) throws -> ReadModelAnswer? { nil }
}
