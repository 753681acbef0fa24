public import ExchangeSchema
public import PartyCore
public import PartyStore

/// A verdict of MoH's axis on a signature of the message that brought a record: its leaf, and what it says, which MoH keeps
/// because the leaf has a digest only.
public struct VerdictLeaf: Sendable, Equatable {
    /// Whose journal it is in.
    public var party: String
    /// Its number there, from 0.
    public var number: Int64
    /// The leaf.
    public var leaf: JournalLeaf
    /// The verdict as its digest is made over it: an encoded `AxisVerdict`.
    public var statement: [UInt8]
    /// The verdict.
    public var verdict: AxisVerdict

    /// Takes a leaf with what it says; nil when the bytes are no verdict, or the leaf is of something else.
    public init?(party: String, number: Int64, leaf: JournalLeaf, statement: [UInt8]) {
        guard leaf.isOfVerdict, let verdict = try? AxisVerdict(decoding: statement),
            MessageIdentifier(of: verdict) == leaf.message
        else { return nil }
        self.party = party
        self.number = number
        self.leaf = leaf
        self.statement = statement
        self.verdict = verdict
    }

    /// The verdicts on a record that a party has noted, in their order; of all parties MoH alone notes any.
    /// - Throws: `StoreError` when what it keeps of one is damaged, or gone.
    public static func all(
        on record: RecordIdentifier, in store: StoreInspection, party: String
    ) throws -> [VerdictLeaf] {
        let count = try store.note(VerdictNote.subject(record, 0))?.first ?? 0
        var found: [VerdictLeaf] = []
        var number: UInt64 = 0
        while number < count {
            number += 1
            guard let words = try store.note(VerdictNote.subject(record, number)) else { throw damaged(party, record) }
            let note = VerdictNote(words)
            guard let leaf = try store.leaf(note.leaf), let statement = try store.kept(at: note.position),
                let verdict = VerdictLeaf(party: party, number: note.leaf, leaf: leaf, statement: statement)
            else { throw damaged(party, record) }
            found.append(verdict)
        }
        return found
    }

    private static func damaged(_ party: String, _ record: RecordIdentifier) -> StoreError {
        StoreError(
            .damaged, "what \(party) keeps of the axis's verdicts on \(record) is damaged; restore it from a copy")
    }

    /// Whether it is about a record.
    public func isAbout(_ record: RecordIdentifier) -> Bool {
        verdict.recordIds.contains { RecordIdentifier($0) == record }
    }

    /// For people, in one line.
    public var text: String {
        let signature =
            verdict.check == .messageSignature ? "the message's signature (RSA)" : "its organisation's signature (CA)"
        let words =
            switch verdict.outcome {
            case .held: "holds"
            case .failed: "does not hold, or is missing"
            default: "is not wanted, or nobody vouches for it"
            }
        let more = [verdict.resultCode, verdict.reading].filter { !$0.isEmpty }.joined(separator: ", ")
        return "axis: \(signature) \(words)" + (more.isEmpty ? "" : " (\(more))") + ", sender \(verdict.senderID)"
    }
}

extension JournalLeaf {
    /// Whether the leaf is of a verdict of MoH's axis.
    public var isOfVerdict: Bool {
        topic == PartyCommand.leafTopic && type == PartyCommand.Kind.noteVerdicts.rawValue && decision == .obeyed
    }
}
