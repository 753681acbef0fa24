import DoorDesk
import Foundation
import GRDB

/// What was given to the axis: an entry for each message whose contents were handed on, so that the same msg_id gets the first
/// answer, and verdicts can be looked up. Whether its records were taken in is not told here but by the facility.
struct MessageStore: Sendable {
    /// A record, as its facility knows it.
    struct Record: Sendable, Codable, Equatable {
        /// MA_CSKCB.
        var facility: String
        /// MA_LK.
        var episode: String
    }

    /// One message.
    struct Entry: Sendable, Equatable {
        /// Who sent it and under which msg_id (or request-id).
        var identifier: String
        var account: String
        /// Of header and data as they were sent.
        var digest: [UInt8]
        /// MACSKCB of the file.
        var facility: String
        /// Of the first time; Unix milliseconds.
        var receivedAt: Int64
        /// The records that were handed on.
        var records: [Record]
        /// By which reading the sender's signature holds.
        var signature: String
        /// What was found where the organisation signs.
        var organisation: String
        /// What was answered; nil while nothing was.
        var answer: [UInt8]?
    }

    private let database: DatabaseQueue

    /// Opens the file, or makes it.
    /// - Throws: What SQLite says.
    init(path: String) throws {
        database = try DoorDatabase.open(
            path: path,
            tables: """
                CREATE TABLE IF NOT EXISTS message (
                    identifier TEXT PRIMARY KEY, account TEXT NOT NULL, digest BLOB NOT NULL, facility TEXT NOT NULL,
                    received INTEGER NOT NULL, records TEXT NOT NULL, signature TEXT NOT NULL,
                    organisation TEXT NOT NULL, answer BLOB
                ) WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS message_received ON message (received);
                """)
    }

    /// Writes down what is about to be handed on; of what was there before nothing is changed.
    /// - Parameter oldest: What was received earlier is forgotten; Unix milliseconds.
    /// - Returns: The entries as they stand, in the order of those given.
    func begin(_ entries: [Entry], forgettingBefore oldest: Int64) async throws -> [Entry] {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM message WHERE received < ?", arguments: [oldest])
            return try entries.map { entry in
                let insert = try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)")
                let records = String(decoding: try JSONEncoder().encode(entry.records), as: UTF8.self)
                try insert.execute(arguments: [
                    entry.identifier, entry.account, Data(entry.digest), entry.facility, entry.receivedAt, records,
                    entry.signature, entry.organisation,
                ])
                return try Self.entry(entry.identifier, database) ?? entry
            }
        }
    }

    /// Keeps what is answered, where nothing was before.
    /// - Returns: What stands now, in the order of those given.
    func conclude(_ answers: [(identifier: String, answer: [UInt8])]) async throws -> [[UInt8]] {
        try await database.write { database in
            let update = try database.cachedStatement(
                sql: "UPDATE message SET answer = ? WHERE identifier = ? AND answer IS NULL")
            return try answers.map { identifier, answer in
                try update.execute(arguments: [Data(answer), identifier])
                return try Self.entry(identifier, database)?.answer ?? answer
            }
        }
    }

    /// A message; nil when there is none.
    func entry(_ identifier: String) async throws -> Entry? {
        try await database.read { try Self.entry(identifier, $0) }
    }

    private static func entry(_ identifier: String, _ database: Database) throws -> Entry? {
        let select = try database.cachedStatement(sql: "SELECT * FROM message WHERE identifier = ?")
        guard let row = try Row.fetchOne(select, arguments: [identifier]) else { return nil }
        let (answer, digest): (Data?, Data) = (row["answer"], row["digest"])
        let records: String = row["records"]
        return Entry(
            identifier: row["identifier"], account: row["account"], digest: Array(digest), facility: row["facility"],
            receivedAt: row["received"], records: try JSONDecoder().decode([Record].self, from: Data(records.utf8)),
            signature: row["signature"], organisation: row["organisation"], answer: answer.map(Array.init))
    }
}
