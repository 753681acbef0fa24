import Foundation
import GRDB
import Journal
import TransparencyLog

/// The tree over a party's journal as it is stored: its right edge, kept in the transaction that writes the leaves.
enum StoredTree {
    static let tables =
        """
        CREATE TABLE IF NOT EXISTS frontier (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL,
            hashes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
        """ + StoredTiles.table

    /// Reads the stored edge. A journal that is longer than its tree, or has no tiles, because an older version wrote it,
    /// is caught up with here, and its tiles are written; to be called inside a transaction.
    /// - Throws: ``StoreError`` `damaged` when the edge and the journal do not fit together.
    static func open(_ database: Database) throws -> JournalTree {
        let stored = try frontier(database) ?? TreeFrontier()
        let kept = try StoredTiles.edge(database, size: stored.size) ?? tiles(of: stored, database)
        var tree = JournalTree(growth: try growth(to: stored, database), tiles: kept)
        try forEachRow(from: stored.size, to: nil, database) { leaves in
            tree.append(leaves)
            try StoredTiles.write(&tree.tiles, database)
        }
        let next = try Int64.fetchOne(database, sql: "SELECT next_sequence FROM progress") ?? 0
        guard UInt64(exactly: next) == tree.frontier.size else { throw damaged }
        return tree
    }

    /// The stored edge; nil when there is none.
    static func frontier(_ database: Database) throws -> TreeFrontier? {
        guard try database.tableExists("frontier"),
            let row = try Row.fetchOne(database, sql: "SELECT size, hashes FROM frontier")
        else { return nil }
        guard let frontier = frontier(size: try row.stored(0), bytes: try row.stored(1)) else { throw damaged }
        return frontier
    }

    /// Makes the tiles anew from the leaves.
    private static func tiles(of tree: TreeFrontier, _ database: Database) throws -> JournalTiles {
        try database.execute(sql: "DELETE FROM tile")
        var (made, tiles) = (TreeFrontier(), JournalTiles())
        try forEachRow(from: 0, to: tree.size, database) { leaves in
            made.append(contentsOf: JournalTree.hashes(of: leaves)) { tiles.push($1, level: $0) }
            try StoredTiles.write(&tiles, database)
        }
        guard made == tree else { throw damaged }
        return tiles
    }

    /// Goes over the rows of the journal that begin in a range, which follow each other without a gap.
    private static func forEachRow(
        from first: UInt64, to end: UInt64?, _ database: Database, _ body: ([UInt8]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT first, leaves FROM journal WHERE first >= ? AND first < ? ORDER BY first",
            arguments: [Int64(clamping: first), Int64(clamping: end ?? .max)])
        var next = first
        while let row = try rows.next() {
            let (number, leaves): (Int64, Data) = (try row.stored(0), try row.stored(1))
            guard UInt64(exactly: number) == next else { throw damaged }
            next += UInt64(leaves.count / JournalTree.leafWidth)
            try body(Array(leaves))
        }
    }

    /// How the tree grew from the one published last, whose leaves behind it are read again: those of a second or so.
    private static func growth(to tree: TreeFrontier, _ database: Database) throws -> TreeExtension {
        guard let row = try Row.fetchOne(database, sql: "SELECT size, hashes FROM published") else {
            return TreeExtension(wholeTree: tree)
        }
        guard let base = frontier(size: try row.stored(0), bytes: try row.stored(1)) else { throw damaged }
        var growth = TreeExtension(base: base)
        try forEachRow(from: base.size, to: tree.size, database) { growth.append(JournalTree.hashes(of: $0)) }
        guard growth.tree == tree else { throw damaged }
        return growth
    }

    private static func frontier(size: Int64, bytes: Data) -> TreeFrontier? {
        let hashes = stride(from: 0, to: bytes.count, by: TreeHash.width).compactMap {
            TreeHash(bytes: Array(bytes.dropFirst($0).prefix(TreeHash.width)))
        }
        guard bytes.count.isMultiple(of: TreeHash.width), let size = UInt64(exactly: size) else { return nil }
        return TreeFrontier(size: size, hashes: hashes)
    }

    private static var damaged: StoreError {
        StoreError(.damaged, "the tree does not belong to the journal; restore the data directory from a copy")
    }
}
