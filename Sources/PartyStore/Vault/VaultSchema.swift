import GRDB
public import PartyCore

/// The tables that an auditor's database has beside those of a party.
enum VaultSchema {
    private static let tables = """
        CREATE TABLE IF NOT EXISTS vault_topic (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS vault (first INTEGER PRIMARY KEY, payloads BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS vault_key (record BLOB PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS place (topic INTEGER, partition INTEGER, first INTEGER, leaf INTEGER NOT NULL,
            PRIMARY KEY (topic, partition, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS citizen (first INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS access (leaf INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT;
        """

    /// Makes the tables; notes the topics in a new database, and compares them in an old one, because leaves name a topic
    /// by its number.
    static func prepare(_ database: Database, topics: [String], path: String) throws {
        try database.execute(sql: tables)
        let known = try Self.topics(database)
        if known.isEmpty {
            for (number, name) in topics.enumerated() {
                try database.execute(
                    sql: "INSERT INTO vault_topic (number, name) VALUES (?, ?)", arguments: [number, name])
            }
        } else if known != topics {
            throw StoreError(
                .otherExchange,
                "\(path) was written with other topics (\(known.joined(separator: ", "))); give the auditor another "
                    + "--data, or the topology it began with")
        }
    }

    /// The topics by the numbers that leaves name; empty where nothing was observed.
    static func topics(_ database: Database) throws -> [String] {
        guard try database.tableExists("vault_topic") else { return [] }
        return try String.fetchAll(database, sql: "SELECT name FROM vault_topic ORDER BY number")
    }
}

/// The auditor has no records of its own.
public struct NoRecord: RecordValue {
    /// There is nothing to read.
    public init?(words: RecordWords) { nil }
    /// Nothing.
    public var words: RecordWords { RecordWords(0, 0, 0, 0, 0) }
    /// None that means anything.
    public var phase: RecordPhase { .pending }
}
