import DoorDesk
import Foundation
import GRDB

/// What was given to the gateway: a transaction for each message, kept from before it is answered until it is too old. What
/// has become of its records the facility says.
struct RelayStore: Sendable {
    /// One record of a message, as it was handed on or kept back.
    struct Record: Sendable, Equatable, Codable {
        /// MA_LK; empty where it could not be read.
        var episode: String
        /// MA_CSKCB.
        var facility: String
        /// What is wrong with it; empty of one that was handed on.
        var faults: [String]
    }

    /// What came of handing a message on.
    struct Outcome: Sendable, Equatable, Codable {
        var records: [Record]
        /// Why nothing of the file could be read; nil where something could.
        var problem: String?
        /// The readings that the file used.
        var readings: String
    }

    /// One message.
    struct Entry: Sendable, Equatable {
        /// maGiaoDich.
        var identifier: String
        var account: String
        var sender: String
        /// msg_id.
        var message: String
        /// Of the first time; Unix milliseconds.
        var receivedAt: Int64
        /// The file as it came.
        var file: [UInt8]
        /// Nil until it has been handed on.
        var outcome: Outcome?
    }

    private let database: DatabaseQueue

    /// Opens the file, or makes it.
    /// - Throws: What SQLite says.
    init(path: String) throws {
        database = try DoorDatabase.open(
            path: path,
            tables: """
                CREATE TABLE IF NOT EXISTS relay (
                    number INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
                    sender TEXT NOT NULL, message TEXT NOT NULL, received INTEGER NOT NULL, file BLOB NOT NULL,
                    outcome TEXT);
                CREATE INDEX IF NOT EXISTS relay_waiting ON relay (number) WHERE outcome IS NULL;
                CREATE INDEX IF NOT EXISTS relay_received ON relay (received);
                CREATE TABLE IF NOT EXISTS relay_record (
                    account TEXT NOT NULL, episode TEXT NOT NULL, number INTEGER NOT NULL,
                    PRIMARY KEY (account, episode, number)) WITHOUT ROWID;
                """)
    }

    /// Keeps a message; of one that is there nothing is changed. One that was not handed on yet is never forgotten.
    /// - Parameter oldest: What was received earlier is forgotten; Unix milliseconds.
    /// - Returns: What stands.
    func keep(_ entry: Entry, forgettingBefore oldest: Int64) async throws -> Entry {
        try await database.write { database in
            let old = "SELECT number FROM relay WHERE received < ?1 AND outcome IS NOT NULL"
            try database.execute(sql: "DELETE FROM relay_record WHERE number IN (\(old))", arguments: [oldest])
            try database.execute(
                sql: "DELETE FROM relay WHERE received < ?1 AND outcome IS NOT NULL", arguments: [oldest])
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO relay (identifier, account, sender, message, received, file)
                      VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.identifier, entry.account, entry.sender, entry.message, entry.receivedAt, Data(entry.file),
                ])
            return try Self.entry("identifier = ?", [entry.identifier], database) ?? entry
        }
    }

    /// The message that has waited longest to be handed on; nil for none.
    func nextWaiting() async throws -> Entry? {
        try await database.read { try Self.entry("outcome IS NULL ORDER BY number LIMIT 1", [], $0) }
    }

    /// Keeps what came of handing a message on.
    func conclude(_ identifier: String, _ outcome: Outcome) async throws {
        let text = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
        try await database.write { database in
            try database.execute(
                sql: "UPDATE relay SET outcome = ? WHERE identifier = ?", arguments: [text, identifier])
            for record in outcome.records where !record.episode.isEmpty {
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO relay_record SELECT account, ?, number FROM relay WHERE identifier = ?
                        """, arguments: [record.episode, identifier])
            }
        }
    }

    /// A transaction of an account; nil when there is none.
    func entry(_ identifier: String, of account: String) async throws -> Entry? {
        try await database.read { try Self.entry("identifier = ? AND account = ?", [identifier, account], $0) }
    }

    /// The same by what its sender calls it.
    func entry(sender: String, message: String, of account: String) async throws -> Entry? {
        try await database.read {
            try Self.entry("sender = ? AND message = ? AND account = ?", [sender, message, account], $0)
        }
    }

    /// The last message of an account that brought a record.
    func entry(episode: String, of account: String) async throws -> Entry? {
        try await database.read {
            try Self.entry(
                """
                number = (SELECT max(number) FROM relay_record WHERE account = ? AND episode = ?)
                """, [account, episode], $0)
        }
    }

    private static func entry(
        _ condition: String, _ arguments: StatementArguments, _ database: Database
    ) throws -> Entry? {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM relay WHERE \(condition)", arguments: arguments)
        else { return nil }
        let (file, outcome): (Data, String?) = (row["file"], row["outcome"])
        return Entry(
            identifier: row["identifier"], account: row["account"], sender: row["sender"], message: row["message"],
            receivedAt: row["received"], file: Array(file),
            outcome: try outcome.map { try JSONDecoder().decode(Outcome.self, from: Data($0.utf8)) })
    }
}
