/// Checks all tiles of a log, in constant memory, and says which is wrong.
public struct TileAudit<Reader: TileReader> {
    /// The log.
    public let tree: TileTree<Reader>
    /// The root that the log must have.
    public let root: TreeHash

    /// Takes a log and the root of a checkpoint of its size.
    public init(tree: TileTree<Reader>, root: TreeHash) {
        self.tree = tree
        self.root = root
    }

    /// Reads every tile and, with `entries`, every bundle, and reports each that is missing, malformed or disagrees.
    ///
    /// - Parameters:
    ///   - lowest: Level to begin with; from 1 on for a log that computes its lowest tiles from the entries.
    ///   - report: Called for each finding, in the order of the levels.
    /// - Throws: What the reader throws, other than ``TileError``, and what `report` throws.
    public func run(entries: Bool, from lowest: Int = 0, report: (TileError) throws -> Void) throws {
        for level in 0..<Tile.levels(of: tree.size) where level >= lowest {
            try check(level: level, entries: entries && level == 0, report: report)
        }
        try attempt(report) {
            let computed = try tree.root(at: tree.size)
            if computed != root { throw TileError.wrongRoot(size: tree.size, computed: computed, expected: root) }
        }
    }

    private func check(level: Int, entries: Bool, report: (TileError) throws -> Void) throws {
        let count = Tile.count(of: .hashes(level: level), in: tree.size)
        // The tile above serves 256 tiles of this level.
        var above: (tile: Tile, hashes: [TreeHash])?
        for index in 0..<Tile.tiles(for: count) {
            let tile = Tile.holding(index * 256, of: .hashes(level: level), in: tree.size)
            var hashes: [TreeHash] = []
            try attempt(report) { hashes = try tree.reader.hashes(of: tile) }
            // Both comparisons are made, for together they tell whether the tile or its neighbour is at fault.
            if entries, !hashes.isEmpty { try attempt(report) { try compare(hashes, of: tile) } }
            guard hashes.count == Tile.fullWidth else { continue }
            let parent = Tile.holding(tile.index, of: .hashes(level: level + 1), in: tree.size)
            if above?.tile != parent { above = (parent, (try? tree.reader.hashes(of: parent)) ?? []) }
            // A tile above that cannot be read is reported with its own level.
            guard let held = above?.hashes, held.count == parent.width else { continue }
            if held[Int(tile.index % 256)] != TreeHash.root(overPerfect: hashes[...]) {
                try report(.disagrees(tile, above: parent))
            }
        }
    }

    private func compare(_ hashes: [TreeHash], of tile: Tile) throws {
        let bundle = Tile(unchecked: .entries, index: tile.index, width: tile.width)
        let (bytes, found) = try tree.reader.content(of: bundle)
        let leaves = try EntryBundle.leafHashes(of: bytes, of: found)
        for (place, hash) in hashes.enumerated() where leaves[place] != hash {
            throw TileError.entryDisagrees(bundle, index: tile.index * 256 + UInt64(place))
        }
    }

    private func attempt(_ report: (TileError) throws -> Void, _ check: () throws -> Void) throws {
        do {
            try check()
        } catch let error as TileError {
            try report(error)
        }
    }
}
