/// The leaf of a journal before another about the same subject: so the leaves about one record are a chain, from which none
/// can be left out but at its end.
///
/// Stored as a number of 48 bits: 0 for the first of a chain, the leaf's number plus one, and all ones for none.
public enum PreviousLeaf: Sendable, Hashable {
    /// The leaf is about nothing that others could be about.
    case none
    /// No leaf before it is about its subject.
    case first
    /// The leaf of this number.
    case leaf(Int64)

    static let width = 48
    private static let noChain = UInt64(1) << width - 1

    /// Reads a number of 48 bits, each of which is something.
    init(stored: UInt64) {
        self = stored == 0 ? .first : stored == Self.noChain ? .none : .leaf(Int64(stored) - 1)
    }

    /// The number of 48 bits.
    var stored: UInt64 {
        switch self {
        case .none: Self.noChain
        case .first: 0
        case .leaf(let number): UInt64(number + 1)
        }
    }
}
