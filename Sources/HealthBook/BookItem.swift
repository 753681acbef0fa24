public import ExchangeSchema
public import PartyCore

/// One thing that a book was told, as it was told: an authenticated revision of a visit, that a visit was withdrawn, that
/// another person has it, or that the book was opened before any visit.
public struct BookItem: Sendable, Hashable {
    /// What it is.
    public var kind: ReadModelChange.Kind
    /// The visit; all zeros of an enrolment.
    public var record: RecordIdentifier
    /// Its revision.
    public var revision: UInt32
    /// When MoH decided it; Unix milliseconds.
    public var time: Int64
    /// In the form of the kind.
    public var content: [UInt8]

    /// Takes all fields.
    public init(
        _ kind: ReadModelChange.Kind, record: RecordIdentifier, revision: UInt32, time: Int64, content: [UInt8]
    ) {
        self.kind = kind
        self.record = record
        self.revision = revision
        self.time = time
        self.content = content
    }
}
