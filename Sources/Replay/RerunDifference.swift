public import ExchangeSchema
import PartyCore
public import Vocabulary

/// One message about which today's core does something else than the journal says.
public struct RerunDifference: Sendable, Equatable {
    /// The shard whose journal it is about; nil for a party of one instance.
    public var shard: String?
    /// Number of the recorded leaf; nil for a message that was not sent then.
    public var leaf: Int64?
    /// The message received or sent.
    public var message: MessageIdentifier
    /// Its type; nil when it could not be told.
    public var type: MessageType?
    /// The record it is about; nil when nobody can tell any more.
    public var record: RecordIdentifier?
    /// Revision of the record; nil when it cannot be told.
    public var revision: UInt32?
    /// What the journal says, for example `accepted` or `sent`.
    public var recorded: String
    /// What happens today, for example `refused vss.060` or `not sent`.
    public var today: String
    /// Fields of a sent message whose values differ; empty where the contents cannot be compared.
    public var fields: [String] = []

    /// Takes the fields without a default, and finds the revision.
    init(
        leaf: Int64?, message: MessageIdentifier, type: MessageType?, record: RecordIdentifier?, recorded: String,
        today: String
    ) {
        self.leaf = leaf
        self.message = message
        self.type = type
        self.recorded = recorded
        self.today = today
        about(record)
    }

    /// Says which record it is about. A message's identifier is computed from type, record and revision, and so tells
    /// the revision without its content.
    mutating func about(_ record: RecordIdentifier?) {
        self.record = record
        guard let record, let type else { return }
        revision = Self.revisions.first { MessageIdentifier(type, record: record, revision: $0) == message }
    }

    /// Revisions looked for; a facility corrects a record once, a person a few times.
    static let revisions: ClosedRange<UInt32> = 1...32

    /// `accepted acceptedRecord -> refused vss.060`.
    public var kind: String {
        "\(type.map { "\($0)" } ?? "message without a type"): \(recorded) -> \(today)"
    }

    /// One line for people.
    public var line: String {
        let subject = record?.description ?? "message \(message)"
        let number = (shard.map { "\($0) " } ?? "") + (leaf.map { "leaf \($0)" } ?? "no leaf")
        let changed = fields.isEmpty ? "" : ": " + fields.joined(separator: ", ")
        return "\(subject)  revision \(revision.map(String.init) ?? "?")  \(kind)\(changed)  (\(number))"
    }
}

extension JournalLeaf {
    /// `accepted`, `refused vss.060`.
    var outcome: String {
        reason == 0 ? "\(decision)" : "\(decision) \(ReasonCode(rawValue: reason)?.text ?? "reason \(reason)")"
    }
}
