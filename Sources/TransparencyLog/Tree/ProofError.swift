/// Why a Merkle proof proves nothing.
public enum ProofError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The leaf is not in a tree of this size.
    case indexOutsideTree(index: UInt64, size: UInt64)
    /// The tree that should be the later one has fewer leaves.
    case sizesReversed(old: UInt64, new: UInt64)
    /// The path has more hashes or fewer than a proof for these sizes.
    case wrongLength(Int)
    /// The path leads to another root.
    case wrongRoot(computed: TreeHash, expected: TreeHash)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .indexOutsideTree(let index, let size): "leaf \(index) is outside a tree of \(size) leaves"
        case .sizesReversed(let old, let new): "a tree of \(new) leaves cannot continue one of \(old)"
        case .wrongLength(let count): "the proof has \(count) hashes, which is not the number for these sizes"
        case .wrongRoot(let computed, let expected): "the proof leads to root \(computed), not to \(expected)"
        }
    }
}
