/// What must be kept of a tree to append to it: the roots of its perfect subtrees, greatest first.
///
/// At most 64 hashes, whatever the size (RFC 6962, section 2.1; RFC 9162, section 2.1.2).
public struct TreeFrontier: Sendable, Equatable {
    /// Leaves appended so far.
    public private(set) var size: UInt64
    /// Roots of the perfect subtrees, left to right; one for each 1 in the binary size.
    public private(set) var hashes: [TreeHash]

    /// The tree without leaves.
    public init() {
        size = 0
        hashes = []
    }

    /// Continues from what was kept; nil when the number of hashes cannot belong to the size.
    public init?(size: UInt64, hashes: [TreeHash]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Appends the hash of a leaf.
    public mutating func append(_ leaf: TreeHash) { append(leaf) { _, _ in } }

    /// Appends the hashes of leaves in order, and hands out what the tiles above the lowest level hold (tlog-tiles,
    /// "Merkle Tree"): they come by the way, so that keeping tiles costs no hashing.
    ///
    /// - Parameter completed: Called with the level, from 1 on, and the root of each subtree of 256^level leaves as it
    ///   becomes full; the lower level first.
    public mutating func append(
        contentsOf leaves: some Sequence<TreeHash>, completed: (_ level: Int, TreeHash) -> Void
    ) {
        for leaf in leaves { append(leaf, completed: completed) }
    }

    private mutating func append(_ leaf: TreeHash, completed: (_ level: Int, TreeHash) -> Void) {
        var hash = leaf
        for height in 0..<(~size).trailingZeroBitCount {
            guard let left = hashes.popLast() else { break }
            hash = .node(left, hash)
            if height & 7 == 7 { completed((height + 1) / 8, hash) }
        }
        hashes.append(hash)
        size &+= 1
    }

    /// Appends the hashes of leaves in order.
    public mutating func append(contentsOf leaves: some Sequence<TreeHash>) {
        for leaf in leaves { append(leaf) }
    }

    /// The root of the tree so far.
    public var root: TreeHash { .root(over: hashes) }
}
