import GRDB

/// The tables of a party's database, version 5, and the check that a directory is this party's.
enum StoreSchema {
    static let version = "5"

    private static let tables = """
        CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS record (id BLOB PRIMARY KEY, phase INTEGER NOT NULL, words BLOB NOT NULL)
            STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS chain (id BLOB PRIMARY KEY, row BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS note (id BLOB PRIMARY KEY, words BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS kept (position INTEGER PRIMARY KEY, record BLOB NOT NULL, since INTEGER NOT NULL,
            bytes BLOB NOT NULL, origin BLOB NOT NULL DEFAULT X'') STRICT;
        CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, chunk BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS journal (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, leaves BLOB NOT NULL)
            STRICT;
        CREATE TABLE IF NOT EXISTS offset (topic TEXT, partition INTEGER, next INTEGER NOT NULL,
            PRIMARY KEY (topic, partition)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS progress (id INTEGER PRIMARY KEY CHECK (id = 1), books BLOB NOT NULL,
            next_sequence INTEGER NOT NULL, next_chunk INTEGER NOT NULL, next_position INTEGER NOT NULL) STRICT;
        """

    /// Makes the tables in a new database; checks an old one.
    static func prepare(_ database: Database, _ identity: StoreIdentity, path: String) throws {
        let known = try database.tableExists("meta")
        if known {
            try check(database, "format", version, path) { found in
                StoreError(
                    .otherVersion,
                    "\(path) has format \(found), this program reads \(version); give another --data, or use the "
                        + "version of the program that wrote it")
            }
            try check(database, "party", identity.party, path) { found in
                StoreError(
                    .otherExchange, "\(path) holds the data of party \(found); give \(identity.party) its own --data")
            }
            try check(database, "exchange", identity.exchange, path) { found in
                StoreError(
                    .otherExchange,
                    "\(path) belongs to another run (exchange \(found), the broker is \(identity.exchange)); give "
                        + "another --data, or start the broker that belongs to it")
            }
        }
        try database.execute(
            sql: tables + RecordChangeTable.table + StoredTree.tables + WitnessTables.tables + ReadModelTable.tables)
        for (key, value) in [("format", version), ("party", identity.party), ("exchange", identity.exchange)] {
            try database.execute(sql: "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", arguments: [key, value])
        }
    }

    private static func check(
        _ database: Database, _ key: String, _ wanted: String, _ path: String, _ error: (String) -> StoreError
    ) throws {
        let found = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
        guard found == wanted else { throw error(found ?? "unknown") }
    }
}
