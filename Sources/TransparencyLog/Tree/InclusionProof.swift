/// Proof that a leaf stands at a place of a tree (RFC 6962, section 2.1.1).
public struct InclusionProof: Sendable, Hashable {
    /// Place of the leaf, from 0.
    public var index: UInt64
    /// Leaves of the tree.
    public var size: UInt64
    /// Hashes from the leaf's sibling to the child of the root.
    public var path: [TreeHash]

    /// Takes a path as it was made or received; nothing is checked.
    public init(index: UInt64, size: UInt64, path: [TreeHash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The root that the path leads to from the hash of the leaf (RFC 9162, section 2.1.3.2, steps 1 to 4).
    public func root(from leaf: TreeHash) throws(ProofError) -> TreeHash {
        guard index < size else { throw .indexOutsideTree(index: index, size: size) }
        var (place, last, hash) = (index, size - 1, leaf)
        for sibling in path {
            guard last != 0 else { throw .wrongLength(path.count) }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                while place & 1 == 0 && place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongLength(path.count) }
        return hash
    }

    /// Checks the path against a root one trusts (RFC 9162, section 2.1.3.2).
    public func verify(leaf: TreeHash, root expected: TreeHash) throws(ProofError) {
        let computed = try root(from: leaf)
        guard computed == expected else { throw .wrongRoot(computed: computed, expected: expected) }
    }
}
