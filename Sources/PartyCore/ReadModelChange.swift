public import ExchangeSchema

/// One change of what people read of a party: a citizen's book, a province's warehouse. A core says that something has
/// come about; whoever writes the read model says what becomes of it.
///
/// A read model is no part of a core's state: no rule looks into it; a core may have a message filled by what it says
/// (``ReadModelQuestion``). It is written in the transaction of the batch, so it
/// knows exactly what the party has decided, once.
public struct ReadModelChange: Sendable, Equatable {
    /// What has come about. The raw value is stored: cases are added at the end.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A visit was authenticated, or a newer revision of one; the content is an encoded `BookEntry`.
        case entry = 1
        /// A visit was withdrawn; the content is why, as UTF-8.
        case withdrawal = 2
        /// The subject's number gave way to another one; the content is the number in force, as 12 digits.
        case renumbering = 3
        /// A book is opened for the subject before any visit; the content is an encoded `BookEnrolment`.
        case enrolment = 4
        /// What is kept about the subject is to be erased; no content.
        case erasure = 5
        /// A later revision of the visit, the one named, is another person's, or another province's; no content.
        case departure = 6
        /// A facility asked for the subject's shared history; the content is an encoded `HistoryInquiry`.
        case inquiry = 7
        /// How many residents of a province have a book was counted; the content is an encoded `ProvinceCoverageNotice`.
        case coverage = 8
        /// A record was returned to its facility; the content is the encoded `Correction`.
        case refusal = 9
    }

    /// What has come about.
    public var kind: Kind
    /// The citizen it is about: the number in force, below 10^12; 0 for nobody in particular.
    public var subject: UInt64
    /// The record it is about; all zeros for none.
    public var record: RecordIdentifier
    /// The revision of the record; 0 for none.
    public var revision: UInt32
    /// Clock reading of the batch; Unix milliseconds.
    public var time: Int64
    /// Where the content lies in the arena.
    public var content: Range<Int>

    /// Takes all fields.
    public init(
        _ kind: Kind, subject: UInt64, record: RecordIdentifier, revision: UInt32, time: Int64, content: Range<Int>
    ) {
        self.kind = kind
        self.subject = subject
        self.record = record
        self.revision = revision
        self.time = time
        self.content = content
    }
}

/// What a batch changes in a read model, in order, with the arena in which the contents lie.
public struct ReadModelChanges: Sendable, Equatable {
    /// The changes, in the order in which they came about.
    public var changes: [ReadModelChange]
    /// Their contents; other bytes may lie between them.
    public var arena: [UInt8]

    /// Takes both; nothing unless told otherwise.
    public init(_ changes: [ReadModelChange] = [], arena: [UInt8] = []) {
        self.changes = changes
        self.arena = arena
    }

    /// Whether nothing changes.
    public var isEmpty: Bool { changes.isEmpty }

    /// Adds a change with its content.
    public mutating func append(
        _ kind: ReadModelChange.Kind, subject: UInt64, record: RecordIdentifier, revision: UInt32, time: Int64,
        content: some Collection<UInt8>
    ) {
        let start = arena.count
        arena.append(contentsOf: content)
        changes.append(
            ReadModelChange(
                kind, subject: subject, record: record, revision: revision, time: time, content: start..<arena.count))
    }

    /// The content of a change.
    public func content(of change: ReadModelChange) -> ArraySlice<UInt8> { arena[change.content] }
}

/// A read model in memory: what the simulation keeps where a process has tables.
public protocol ReadModel: Sendable {
    /// Takes in what a batch changed, once.
    mutating func apply(_ changes: ReadModelChanges)
    /// Says what it is asked, as it stands after these changes, which it does not take in by it.
    /// - Returns: Nil where it knows nothing of such questions.
    func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer?
}

extension ReadModel {
    /// Most read models are asked nothing.
    public func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        nil
    }
}
