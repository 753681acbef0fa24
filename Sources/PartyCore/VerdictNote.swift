public import ExchangeSchema

/// Where MoH remembers a verdict of its axis: among its notes, by the verdict itself, so that it has one leaf, and by each
/// record that it is about, so that a record's verdicts are found. What it says is kept, for the leaf holds a digest only.
public struct VerdictNote: Sendable, Equatable {
    /// Number of its leaf.
    public var leaf: Int64
    /// Where the verdict is kept (``PartyState/kept(at:)``).
    public var position: Int64

    /// Takes both.
    public init(leaf: Int64, position: Int64) {
        self.leaf = leaf
        self.position = position
    }

    /// Reads ``words``.
    public init(_ words: RecordWords) {
        leaf = Int64(bitPattern: words.first)
        position = Int64(bitPattern: words.second)
    }

    /// As it is noted.
    public var words: RecordWords {
        RecordWords(UInt64(bitPattern: leaf), UInt64(bitPattern: position), 0, 0, 0)
    }

    /// Under what the verdicts on a record are noted: their number, as first word, under 0, and each under its own from 1.
    public static func subject(_ record: RecordIdentifier, _ number: UInt64) -> RecordIdentifier {
        let digest = PayloadDigest(of: Array("axis verdict|\(record)|\(number)".utf8))
        return RecordIdentifier(high: digest.words.0, low: digest.words.1)
    }
}
