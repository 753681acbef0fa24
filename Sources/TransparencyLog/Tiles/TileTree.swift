/// A log read from its tiles: roots and proofs at any size up to the one stored.
///
/// A proof loads at most two tiles a level, so at most six of a log of ten million leaves. What is read is not trusted:
/// check a proof against the root of a checkpoint before it is given away (``inclusionProof(of:under:)``).
public struct TileTree<Reader: TileReader> {
    /// Leaves of the stored tree, which tells how wide its tiles at the right edge are.
    public let size: UInt64
    /// Where the tiles are.
    public let reader: Reader

    /// Takes the size of the last checkpoint for which tiles were written.
    public init(size: UInt64, reader: Reader) {
        self.size = size
        self.reader = reader
    }

    /// The hash of a leaf.
    public func leafHash(at index: UInt64) throws -> TreeHash {
        guard index < size else { throw TileError.beyondLog(index, size: size) }
        let tile = Tile.holding(index, of: .hashes(level: 0), in: size)
        return try reader.hashes(of: tile)[Int(index % 256)]
    }

    /// What is needed to append to the tree of this size; its root is the root of that tree.
    public func frontier(at size: UInt64) throws -> TreeFrontier {
        guard size <= self.size else { throw TileError.beyondLog(size, size: self.size) }
        var session = TileSession(tree: self)
        let hashes = try TreeShape.perfect(0..<size).map { try session.hash(of: $0) }
        guard let frontier = TreeFrontier(size: size, hashes: hashes) else { return TreeFrontier() }
        return frontier
    }

    /// The root of the tree of this size.
    public func root(at size: UInt64) throws -> TreeHash { try frontier(at: size).root }

    /// Proof that leaf `index` is in the tree of a size.
    public func inclusionProof(of index: UInt64, in size: UInt64) throws -> InclusionProof {
        guard size <= self.size else { throw TileError.beyondLog(size, size: self.size) }
        guard index < size else { throw TileError.beyondLog(index, size: size) }
        var session = TileSession(tree: self)
        let path = try TreeShape.inclusion(of: index, in: size).map { try session.hash(of: $0) }
        return InclusionProof(index: index, size: size, path: path)
    }

    /// Proof that a leaf is in the tree of a checkpoint, checked against its root, and the hash of the leaf.
    public func inclusionProof(
        of index: UInt64, under checkpoint: Checkpoint
    ) throws -> (leaf: TreeHash, proof: InclusionProof) {
        let proof = try inclusionProof(of: index, in: checkpoint.size)
        let leaf = try leafHash(at: index)
        try proof.verify(leaf: leaf, root: checkpoint.root)
        return (leaf, proof)
    }

    /// Proof that the tree of size `new` continues that of size `old`.
    public func consistencyProof(from old: UInt64, to new: UInt64) throws -> ConsistencyProof {
        guard new <= size else { throw TileError.beyondLog(new, size: size) }
        guard old <= new else { throw ProofError.sizesReversed(old: old, new: new) }
        var session = TileSession(tree: self)
        let path = try TreeShape.consistency(from: old, to: new).map { try session.hash(of: $0) }
        return ConsistencyProof(old: old, new: new, path: path)
    }
}

/// The tiles of one question, each read once.
private struct TileSession<Reader: TileReader> {
    let tree: TileTree<Reader>
    private var tiles: [Tile: [TreeHash]] = [:]

    init(tree: TileTree<Reader>) { self.tree = tree }

    mutating func hash(of range: Range<UInt64>) throws -> TreeHash {
        try .root(over: TreeShape.perfect(range).map { try hash(of: $0) })
    }

    /// A subtree of height 8l + h is the root over 2^h hashes of one tile of level l.
    mutating func hash(of subtree: PerfectSubtree) throws -> TreeHash {
        let (level, height) = (subtree.height / 8, subtree.height % 8)
        let first = subtree.index << UInt64(height)
        let tile = Tile.holding(first, of: .hashes(level: level), in: tree.size)
        let hashes = try tiles[tile] ?? tree.reader.hashes(of: tile)
        tiles[tile] = hashes
        let place = Int(first % 256)
        return .root(overPerfect: hashes[place..<place + 1 << height])
    }
}
