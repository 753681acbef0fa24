import Foundation
import GRDB
import PartyCore
import TransparencyLog

/// The RFC 6962 tree over a party's journal: its right edge, kept in the transaction that writes the leaves.
struct JournalTree {
    /// Leaves so far, and the roots of the perfect subtrees.
    private(set) var frontier: TreeFrontier
    /// The tiles above the lowest level.
    var tiles: JournalTiles

    static let tables =
        """
        CREATE TABLE IF NOT EXISTS frontier (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL,
            hashes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
        """ + JournalTiles.table

    /// Reads the stored edge. A journal that is longer than its tree, or has no tiles, because an older version wrote it,
    /// is caught up with here, and its tiles are written; to be called inside a transaction.
    /// - Throws: ``StoreError`` `damaged` when the edge and the journal do not fit together.
    init(_ database: Database) throws {
        let stored = try Self.stored(database) ?? TreeFrontier()
        if let kept = try JournalTiles(database, size: stored.size) {
            (frontier, tiles) = (stored, kept)
        } else {
            (frontier, tiles) = (TreeFrontier(), JournalTiles())
            try database.execute(sql: "DELETE FROM tile")
        }
        let rows = try Row.fetchCursor(
            database, sql: "SELECT first, leaves FROM journal WHERE first >= ? ORDER BY first",
            arguments: [Int64(clamping: frontier.size)])
        while let row = try rows.next() {
            let first: Int64 = row[0]
            let leaves: Data = row[1]
            guard UInt64(exactly: first) == frontier.size else { throw Self.damaged }
            append(Array(leaves))
            if frontier.size == stored.size, frontier != stored { throw Self.damaged }
            try tiles.drain { tile in
                try database.execute(
                    sql: JournalTiles.statement, arguments: [tile.level, tile.place, Data(tile.bytes)])
            }
        }
        let next = try Int64.fetchOne(database, sql: "SELECT next_sequence FROM progress") ?? 0
        guard UInt64(exactly: next) == frontier.size else { throw Self.damaged }
    }

    /// The stored edge; nil when there is none.
    static func stored(_ database: Database) throws -> TreeFrontier? {
        guard try database.tableExists("frontier"),
            let row = try Row.fetchOne(database, sql: "SELECT size, hashes FROM frontier")
        else { return nil }
        let size: Int64 = row[0]
        let bytes: Data = row[1]
        let hashes = stride(from: 0, to: bytes.count, by: TreeHash.width).compactMap {
            TreeHash(bytes: Array(bytes.dropFirst($0).prefix(TreeHash.width)))
        }
        guard bytes.count.isMultiple(of: TreeHash.width), let size = UInt64(exactly: size),
            let frontier = TreeFrontier(size: size, hashes: hashes)
        else { throw damaged }
        return frontier
    }

    /// Appends stored leaves that lie end to end.
    mutating func append(_ leaves: [UInt8]) {
        var hashes: [TreeHash] = []
        TreeHash.appendLeaves(leaves.span.bytes, width: JournalLeaf.width, to: &hashes)
        frontier.append(contentsOf: hashes) { tiles.push($1, level: $0) }
    }

    /// The stored form of the hashes.
    var bytes: [UInt8] { frontier.hashes.flatMap(\.bytes) }

    private static var damaged: StoreError {
        StoreError(.damaged, "the tree does not belong to the journal; restore the data directory from a copy")
    }
}
