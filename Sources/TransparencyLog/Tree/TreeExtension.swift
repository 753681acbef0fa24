/// A tree that grows, and what proves that it continues the tree it grew from: without any leaf that came before, and in
/// bounded memory, however much is appended (RFC 6962, section 2.1.2).
///
/// The proof consists of the perfect subtrees of the earlier tree, which are its frontier, and of subtrees that lie
/// behind it: each as long as its first leaf's number allows. Such a subtree is kept when it is complete; the last, which
/// is not, is the end of the frontier of the tree.
public struct TreeExtension: Sendable, Equatable {
    /// The tree it grew from.
    public private(set) var base: TreeFrontier
    /// The tree now.
    public private(set) var tree: TreeFrontier
    /// Complete subtrees behind the base.
    private var complete: [TreeHash] = []
    /// First leaf of the subtree that is not complete.
    private var start: UInt64

    /// Begins with a tree that nothing was appended to yet.
    public init(base: TreeFrontier) {
        self.base = base
        tree = base
        start = base.size
    }

    /// Begins with a tree that is all there is: of what grew from nothing, nothing is proven.
    public init(wholeTree tree: TreeFrontier) {
        base = TreeFrontier()
        self.tree = tree
        start = 0
    }

    /// Appends the hashes of leaves in order.
    /// - Parameter completed: As in ``TreeFrontier/append(contentsOf:completed:)``.
    public mutating func append(_ leaves: [TreeHash], completed: (_ level: Int, TreeHash) -> Void = { _, _ in }) {
        var rest = leaves[...]
        while let end = subtreeEnd, !rest.isEmpty, UInt64(rest.count) >= end - tree.size {
            let part = rest.prefix(Int(end - tree.size))
            rest = rest.dropFirst(part.count)
            tree.append(contentsOf: part.dropLast(), completed: completed)
            // Its last leaf merges the subtree into greater ones, so its root is taken before.
            if let last = part.last {
                complete.append(.root(over: open + [last]))
                tree.append(contentsOf: CollectionOfOne(last), completed: completed)
            }
            start = end
        }
        tree.append(contentsOf: rest, completed: completed)
    }

    /// Where the subtree ends that is not complete; nil while the base is empty, which needs no proof, or when it would
    /// end beyond all numbers.
    private var subtreeEnd: UInt64? {
        guard base.size > 0 else { return nil }
        let (end, over) = start.addingReportingOverflow(1 << UInt64(start.trailingZeroBitCount))
        return over ? nil : end
    }

    /// The perfect subtrees of what is not complete.
    private var open: ArraySlice<TreeHash> { tree.hashes.suffix((tree.size - start).nonzeroBitCount) }

    /// The proof that the tree continues its base.
    public var proof: ConsistencyProof {
        var behind = (tree.size > start ? complete + [.root(over: open)] : complete)[...]
        var before = base.hashes[...]
        let path = TreeShape.consistency(from: base.size, to: tree.size).compactMap { range in
            range.lowerBound >= base.size ? behind.popFirst() : before.popLast()
        }
        return ConsistencyProof(old: base.size, new: tree.size, path: path)
    }

    /// Takes the tree as it is now for the base of what follows.
    public mutating func rebase() { self = TreeExtension(base: tree) }
}
