import Foundation
import GRDB
import Journal

/// The table of a journal's tiles: a row is one tile.
enum StoredTiles {
    static let table = """
        CREATE TABLE IF NOT EXISTS tile (level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL,
            PRIMARY KEY (level, place)) STRICT;
        """

    /// Writes a tile, or what it has become.
    static let statement = """
        INSERT INTO tile (level, place, hashes) VALUES (?1, ?2, ?3)
        ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
        """

    /// Reads the right edge of a journal of this size; nil when it is not there as it must be.
    static func edge(_ database: Database, size: UInt64) throws -> JournalTiles? {
        let edge = try JournalTiles(size: size) { level, place in
            try Data.fetchOne(
                database, sql: "SELECT hashes FROM tile WHERE level = ? AND place = ?", arguments: [level, place]
            ).map { Array($0) }
        }
        let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM tile")
        return rows == JournalTiles.rows(size: size) ? edge : nil
    }

    static func write(_ tiles: inout JournalTiles, _ database: Database) throws {
        try tiles.drain { tile in
            try database.execute(sql: statement, arguments: [tile.level, tile.place, Data(tile.bytes)])
        }
    }
}
