import Foundation
import GRDB
import TransparencyLog

/// The tiles of hashes above the lowest level of a journal's tree (C2SP tlog-tiles): with them a proof from a journal of
/// millions of leaves reads a few rows. The lowest level is not kept, for its hashes are computed from the leaves, which
/// lie side by side; so the tiles are a thousandth of the journal.
///
/// A row is one tile; the last of each level grows until it is full, and is written again by each batch that adds to it.
struct JournalTiles {
    static let table = """
        CREATE TABLE IF NOT EXISTS tile (level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL,
            PRIMARY KEY (level, place)) STRICT;
        """

    /// Writes a tile, or what it has become.
    static let statement = """
        INSERT INTO tile (level, place, hashes) VALUES (?1, ?2, ?3)
        ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
        """

    /// One tile as it is stored.
    struct Stored {
        var level: Int64
        var place: Int64
        var bytes: [UInt8]
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
    init() {}

    /// Reads the right edge of a journal of this size; nil when it is not there as it must be.
    init?(_ database: Database, size: UInt64) throws {
        var count = size >> 8
        while count > 0 {
            let level = Int64(edges.count + 1)
            var edge = Edge(place: Int64(clamping: count >> 8))
            let width = Int(count & 255)
            if width > 0 {
                let stored = try Data.fetchOne(
                    database, sql: "SELECT hashes FROM tile WHERE level = ? AND place = ?",
                    arguments: [level, edge.place])
                guard let stored, stored.count == width * TreeHash.width else { return nil }
                edge.bytes = Array(stored)
            }
            edges.append(edge)
            count >>= 8
        }
        let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM tile")
        guard rows == Self.rows(size: size) else { return nil }
    }

    /// Rows that a journal of this size has.
    static func rows(size: UInt64) -> Int64 {
        var (rows, count): (UInt64, UInt64) = (0, size >> 8)
        while count > 0 {
            rows += (count + 255) >> 8
            count >>= 8
        }
        return Int64(clamping: rows)
    }

    /// Takes the root of the next subtree of 256^level leaves.
    mutating func push(_ hash: TreeHash, level: Int) {
        if level > edges.count { edges.append(Edge()) }
        edges[level - 1].bytes += hash.bytes
        edges[level - 1].hasChanged = true
        guard edges[level - 1].bytes.count == Tile.fullWidth * TreeHash.width else { return }
        let edge = edges[level - 1]
        filled.append(Stored(level: Int64(level), place: edge.place, bytes: edge.bytes))
        edges[level - 1] = Edge(place: edge.place + 1)
    }

    /// Hands out what has changed since the last time.
    mutating func drain(_ write: (Stored) throws -> Void) throws {
        for tile in filled { try write(tile) }
        filled.removeAll(keepingCapacity: true)
        for level in edges.indices where edges[level].hasChanged {
            edges[level].hasChanged = false
            try write(Stored(level: Int64(level + 1), place: edges[level].place, bytes: edges[level].bytes))
        }
    }
}
