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
    public mutating func append(_ leaf: TreeHash) {
        var hash = leaf
        for _ in 0..<(~size).trailingZeroBitCount {
            guard let left = hashes.popLast() else { break }
            hash = .node(left, hash)
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
