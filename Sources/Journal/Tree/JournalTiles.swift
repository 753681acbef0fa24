public import TransparencyLog

/// The tiles of hashes above the lowest level of a journal's tree (C2SP tlog-tiles): with them a proof from a journal of
/// millions of leaves reads a few rows. The lowest level is not kept, for its hashes are computed from the leaves, which
/// lie side by side; so the tiles are a thousandth of the journal.
///
/// The last tile of each level grows until it is full, and is written again by each batch that adds to it.
public struct JournalTiles: Sendable {
    /// One tile as it is stored.
    public struct Stored: Sendable {
        /// Level, from 1.
        public var level: Int64
        /// Place in its level, from 0.
        public var place: Int64
        /// Its hashes, end to end.
        public var bytes: [UInt8]
    }

    /// A level from 1 on: the tile at its right edge.
    private struct Edge {
        var place: Int64 = 0
        var bytes: [UInt8] = []
        var hasChanged = false
    }

    private var edges: [Edge] = []
    private var filled: [Stored] = []

    /// Those of an empty journal.
    public init() {}

    /// Reads the right edge of a journal of this size; nil when it is not there as it must be.
    /// - Parameter stored: The hashes stored at a level and place; nil for none.
    public init?(size: UInt64, stored: (_ level: Int64, _ place: Int64) throws -> [UInt8]?) rethrows {
        var count = size >> 8
        while count > 0 {
            let level = Int64(edges.count + 1)
            var edge = Edge(place: Int64(clamping: count >> 8))
            let width = Int(count & 255)
            if width > 0 {
                guard let bytes = try stored(level, edge.place), bytes.count == width * TreeHash.width else {
                    return nil
                }
                edge.bytes = bytes
            }
            edges.append(edge)
            count >>= 8
        }
    }

    /// Tiles that a journal of this size has.
    public static func rows(size: UInt64) -> Int64 {
        var (rows, count): (UInt64, UInt64) = (0, size >> 8)
        while count > 0 {
            rows += (count + 255) >> 8
            count >>= 8
        }
        return Int64(clamping: rows)
    }

    /// Takes the root of the next subtree of 256^level leaves.
    public mutating func push(_ hash: TreeHash, level: Int) {
        if level > edges.count { edges.append(Edge()) }
        edges[level - 1].bytes += hash.bytes
        edges[level - 1].hasChanged = true
        guard edges[level - 1].bytes.count == Tile.fullWidth * TreeHash.width else { return }
        let edge = edges[level - 1]
        filled.append(Stored(level: Int64(level), place: edge.place, bytes: edge.bytes))
        edges[level - 1] = Edge(place: edge.place + 1)
    }

    /// Hands out what has changed since the last time.
    public mutating func drain(_ write: (Stored) throws -> Void) rethrows {
        for tile in filled { try write(tile) }
        filled.removeAll(keepingCapacity: true)
        for level in edges.indices where edges[level].hasChanged {
            edges[level].hasChanged = false
            try write(Stored(level: Int64(level + 1), place: edges[level].place, bytes: edges[level].bytes))
        }
    }
}
