/// Proof that one tree continues another without changing a leaf of it (RFC 6962, section 2.1.2).
public struct ConsistencyProof: Sendable, Hashable {
    /// Leaves of the earlier tree.
    public var old: UInt64
    /// Leaves of the later tree.
    public var new: UInt64
    /// The hashes; none when the earlier tree is empty or both are the same size.
    public var path: [TreeHash]

    /// Takes a path as it was made or received; nothing is checked.
    public init(old: UInt64, new: UInt64, path: [TreeHash]) {
        self.old = old
        self.new = new
        self.path = path
    }

    /// Checks the path against the roots of both trees (RFC 9162, section 2.1.4.2).
    ///
    /// Every tree continues the empty one. Trees of one size must have one root.
    public func verify(oldRoot: TreeHash, newRoot: TreeHash) throws(ProofError) {
        guard old <= new else { throw .sizesReversed(old: old, new: new) }
        if old == 0 || old == new {
            guard path.isEmpty else { throw .wrongLength(path.count) }
            // The root of no leaves is known to all.
            let known = old == 0 ? TreeHash.emptyTree : newRoot
            guard oldRoot == known else { throw .wrongRoot(computed: known, expected: oldRoot) }
            guard old < new || oldRoot == newRoot else { throw .wrongRoot(computed: oldRoot, expected: newRoot) }
            return
        }
        // A perfect earlier tree is itself the first hash, and is left out of the path.
        let start = old & (old - 1) == 0 ? oldRoot : path.first
        guard !path.isEmpty, let start else { throw .wrongLength(path.count) }
        let rest = old & (old - 1) == 0 ? path[...] : path.dropFirst()
        let roots = try fold(rest, from: start)
        guard roots.old == oldRoot else { throw .wrongRoot(computed: roots.old, expected: oldRoot) }
        guard roots.new == newRoot else { throw .wrongRoot(computed: roots.new, expected: newRoot) }
    }

    private func fold(
        _ hashes: ArraySlice<TreeHash>, from start: TreeHash
    ) throws(ProofError) -> (old: TreeHash, new: TreeHash) {
        let whole = (old - 1).trailingOnes
        var (place, last) = ((old - 1) >> whole, (new - 1) >> whole)
        var roots = (old: start, new: start)
        for hash in hashes {
            guard last != 0 else { throw .wrongLength(path.count) }
            if place & 1 == 1 || place == last {
                roots = (.node(hash, roots.old), .node(hash, roots.new))
                while place & 1 == 0 && place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                roots.new = .node(roots.new, hash)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongLength(path.count) }
        return roots
    }
}

extension UInt64 {
    /// Number of ones at the low end.
    fileprivate var trailingOnes: UInt64 { UInt64((~self).trailingZeroBitCount) }
}
