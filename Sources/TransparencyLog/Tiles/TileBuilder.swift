/// Appends to a log whose hashes are kept in tiles, in constant memory: at most 255 hashes a level.
///
/// Full tiles are written as they fill; ``flush(to:)`` writes the partial ones, and belongs before each checkpoint, for
/// a log must serve the tiles of every checkpoint (tlog-tiles, "Partial Tiles"). After an error of the writer the
/// builder is of no more use: resume from the last checkpoint.
public struct TileBuilder: Sendable, Equatable {
    /// Leaves appended so far.
    public private(set) var size: UInt64 = 0
    /// For each level the hashes of the tile that is not full yet.
    private var pending: [[TreeHash]] = []
    /// For each level how many of them stand in a partial tile already.
    private var flushed: [Int] = []

    /// Begins a log.
    public init() {}

    /// Goes on with a log of this size, of which it reads the tiles at the right edge.
    ///
    /// - Throws: ``TileError`` when a tile is missing or the tiles have not the root that the log had.
    public init(resuming size: UInt64, root: TreeHash, from reader: some TileReader) throws {
        for level in 0..<Tile.levels(of: size) {
            let count = Tile.count(of: .hashes(level: level), in: size)
            var hashes: [TreeHash] = []
            if count % 256 > 0 {
                hashes = try reader.hashes(of: .holding(count - 1, of: .hashes(level: level), in: size))
            }
            flushed.append(hashes.count)
            pending.append(hashes)
        }
        self.size = size
        guard self.root == root else { throw TileError.wrongRoot(size: size, computed: self.root, expected: root) }
    }

    /// Appends the hashes of leaves in order.
    public mutating func append(
        _ leaves: some Sequence<TreeHash>, to writer: inout some TileWriter
    ) throws {
        for leaf in leaves {
            try push(leaf, level: 0, to: &writer)
            size += 1
        }
    }

    /// Appends leaves that lie one after another and are all `width` bytes long.
    public mutating func append(
        entries: RawSpan, width: Int, to writer: inout some TileWriter
    ) throws {
        var hashes: [TreeHash] = []
        TreeHash.appendLeaves(entries, width: width, to: &hashes)
        try append(hashes, to: &writer)
    }

    /// Writes the partial tiles that have grown since the last time.
    public mutating func flush(to writer: inout some TileWriter) throws {
        for level in pending.indices where pending[level].count > flushed[level] {
            let place = Tile.count(of: .hashes(level: level), in: size) - 1
            try writer.write(
                HashTile.encode(pending[level]), to: .holding(place, of: .hashes(level: level), in: size))
            flushed[level] = pending[level].count
        }
    }

    /// What is needed to append to the tree without tiles; its root is the root of the log.
    public var frontier: TreeFrontier {
        var hashes: [TreeHash] = []
        for level in pending.reversed() {
            hashes += TreeShape.perfect(0..<UInt64(level.count)).map { subtree in
                let first = Int(subtree.index) << subtree.height
                return .root(overPerfect: level[first..<first + 1 << subtree.height])
            }
        }
        return TreeFrontier(size: size, hashes: hashes) ?? TreeFrontier()
    }

    /// The root of the tree so far.
    public var root: TreeHash { frontier.root }

    private mutating func push(_ hash: TreeHash, level: Int, to writer: inout some TileWriter) throws {
        if level == pending.count {
            pending.append([])
            pending[level].reserveCapacity(Tile.fullWidth)
            flushed.append(0)
        }
        pending[level].append(hash)
        guard pending[level].count == Tile.fullWidth else { return }
        let index = (size >> UInt64(8 * level)) >> 8
        try writer.write(
            HashTile.encode(pending[level]),
            to: Tile(unchecked: .hashes(level: level), index: index, width: Tile.fullWidth))
        let root = TreeHash.root(overPerfect: pending[level][...])
        pending[level].removeAll(keepingCapacity: true)
        flushed[level] = 0
        try push(root, level: level + 1, to: &writer)
    }
}
