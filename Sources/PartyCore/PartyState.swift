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
    /// Of what is the whole payload of a message, what its leaf's digest is made with; nil for anything else.
    public var origin: KeptOrigin?

    /// Takes all fields.
    public init(
        position: Int64, record: RecordIdentifier, since: Int64, bytes: [UInt8], origin: KeptOrigin? = nil
    ) {
        self.origin = origin
        self.position = position
        self.record = record
        self.since = since
        self.bytes = bytes
    }
}

/// With what the digest of a received payload is made.
public struct KeptOrigin: Sendable, Equatable {
    /// Raw value of the message type.
    public var type: UInt8
    /// The message's salt.
    public var salt: PayloadSalt

    /// Takes both.
    public init(type: UInt8, salt: PayloadSalt) {
        self.type = type
        self.salt = salt
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
    /// Notes that a leaf is about a subject. For whoever writes leaves: cores do not see it.
    /// - Returns: The leaf before it about the same.
    mutating func chain(_ subject: RecordIdentifier, to leaf: Int64) throws -> PreviousLeaf
    /// What has changed since ``sealed()``, as it will be stored. Throws where what was
    /// taken out of the queue is not what was put in.
    mutating func changedSubjects() throws -> [SubjectRow]
    /// The changes are sealed in leaves.
    mutating func sealed()
    /// A message was handled whose payload has this digest: what was kept of it as it came needs no digest of its own.
    mutating func noteReceived(_ payload: RawSpan, _ origin: KeptOrigin, _ digest: PayloadDigest)
}

extension PartyState {
    /// Whoever does not mind makes digests of all that is kept.
    public mutating func noteReceived(_ payload: RawSpan, _ origin: KeptOrigin, _ digest: PayloadDigest) {}

    /// Most parties keep nothing that is asked.
    public mutating func answer(
        _ question: ReadModelQuestion, after changes: ReadModelChanges
    ) throws -> ReadModelAnswer? { nil }
}
