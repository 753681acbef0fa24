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
        /// The verdicts on both, with their leaves in MoH's journal; empty of what came before the axis had leaves.
        var verdicts: [CheckVerdict] = []
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
                CREATE TABLE IF NOT EXISTS verdict (
                    identifier TEXT PRIMARY KEY, received INTEGER NOT NULL, verdicts TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS verdict_received ON verdict (received);
                CREATE INDEX IF NOT EXISTS message_received ON message (received);
                """)
    }

    /// Writes down what is about to be handed on; of what was there before nothing is changed.
    /// - Parameter oldest: What was received earlier is forgotten; Unix milliseconds.
    /// - Returns: The entries as they stand, in the order of those given.
    func begin(_ entries: [Entry], forgettingBefore oldest: Int64) async throws -> [Entry] {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM message WHERE received < ?", arguments: [oldest])
            try database.execute(sql: "DELETE FROM verdict WHERE received < ?", arguments: [oldest])
            return try entries.map { entry in
                let insert = try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)")
                let records = String(decoding: try JSONEncoder().encode(entry.records), as: UTF8.self)
                try insert.execute(arguments: [
                    entry.identifier, entry.account, Data(entry.digest), entry.facility, entry.receivedAt, records,
                    entry.signature, entry.organisation,
                ])
                var kept = try Self.entry(entry.identifier, database) ?? entry
                if kept.digest == entry.digest, kept.answer == nil, !entry.verdicts.isEmpty {
                    try Self.keep(entry.verdicts, on: entry.identifier, at: entry.receivedAt, database)
                    kept.verdicts = entry.verdicts
                }
                return kept
            }
        }
    }

    /// Writes down the verdicts on a message that is refused for a signature, in place of those on an earlier one with the same
    /// msg_id; where a message of this msg_id was handed on, that one's stay.
    func refuse(_ verdicts: [CheckVerdict], on identifier: String, at receivedAt: Int64) async throws {
        try await database.write { database in
            guard try Self.entry(identifier, database) == nil else { return }
            try Self.keep(verdicts, on: identifier, at: receivedAt, database)
        }
    }

    /// The verdicts on a message that was refused, and when it came; nil when there is none.
    func refusal(_ identifier: String) async throws -> (verdicts: [CheckVerdict], receivedAt: Int64)? {
        try await database.read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT received, verdicts FROM verdict WHERE identifier = ?",
                    arguments: [identifier])
            else { return nil }
            let text: String = row["verdicts"]
            return (try JSONDecoder().decode([CheckVerdict].self, from: Data(text.utf8)), row["received"])
        }
    }

    private static func keep(
        _ verdicts: [CheckVerdict], on identifier: String, at receivedAt: Int64, _ database: Database
    ) throws {
        let insert = try database.cachedStatement(sql: "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)")
        let text = String(decoding: try JSONEncoder().encode(verdicts), as: UTF8.self)
        try insert.execute(arguments: [identifier, receivedAt, text])
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
        let select = try database.cachedStatement(
            sql: """
                SELECT message.*, verdict.verdicts AS verdicts FROM message LEFT JOIN verdict USING (identifier)
                WHERE identifier = ?
                """)
        guard let row = try Row.fetchOne(select, arguments: [identifier]) else { return nil }
        let (answer, digest): (Data?, Data) = (row["answer"], row["digest"])
        let (records, verdicts): (String, String?) = (row["records"], row["verdicts"])
        return Entry(
            identifier: row["identifier"], account: row["account"], digest: Array(digest), facility: row["facility"],
            receivedAt: row["received"], records: try JSONDecoder().decode([Record].self, from: Data(records.utf8)),
            signature: row["signature"], organisation: row["organisation"],
            verdicts: try verdicts.map { try JSONDecoder().decode([CheckVerdict].self, from: Data($0.utf8)) } ?? [],
            answer: answer.map(Array.init))
    }
}
