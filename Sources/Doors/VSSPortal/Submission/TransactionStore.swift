import DoorDesk
import Foundation
import GRDB

/// What was given to the portal: an entry for each transaction, so that its results can be looked up and a duplicate gets
/// the first answer. Whether its visits were taken in is not told here but by the facility.
struct TransactionStore: Sendable {
    /// One transaction.
    struct Entry: Sendable, Equatable {
        /// maGiaoDich.
        var identifier: String
        var account: String
        /// MACSKCB of the envelope.
        var facility: String
        /// Of the first request; Unix milliseconds.
        var receivedAt: Int64
        /// MA_LK of the visits that were handed on.
        var episodes: [String]
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
                CREATE TABLE IF NOT EXISTS submission (
                    identifier TEXT PRIMARY KEY, account TEXT NOT NULL, facility TEXT NOT NULL,
                    received INTEGER NOT NULL, episodes TEXT NOT NULL, answer BLOB
                ) WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS submission_received ON submission (received);
                """)
    }

    /// Writes down what is about to be handed on; of what was there before nothing is changed.
    /// - Parameter oldest: What was received earlier is forgotten; Unix milliseconds.
    /// - Returns: The entries as they stand, in the order of those given.
    func begin(_ entries: [Entry], forgettingBefore oldest: Int64) async throws -> [Entry] {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM submission WHERE received < ?", arguments: [oldest])
            return try entries.map { entry in
                let insert = try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO submission VALUES (?, ?, ?, ?, ?, NULL)")
                let episodes = String(decoding: try JSONEncoder().encode(entry.episodes), as: UTF8.self)
                try insert.execute(arguments: [
                    entry.identifier, entry.account, entry.facility, entry.receivedAt, episodes,
                ])
                // What was just written need not be read.
                if database.changesCount > 0 { return entry }
                return try Self.entry(entry.identifier, database) ?? entry
            }
        }
    }

    /// Keeps what is answered.
    func conclude(_ answers: [(identifier: String, answer: [UInt8])]) async throws {
        try await database.write { database in
            let update = try database.cachedStatement(sql: "UPDATE submission SET answer = ? WHERE identifier = ?")
            for (identifier, answer) in answers { try update.execute(arguments: [Data(answer), identifier]) }
        }
    }

    /// A transaction; nil when there is none.
    func entry(_ identifier: String) async throws -> Entry? {
        try await database.read { try Self.entry(identifier, $0) }
    }

    private static func entry(_ identifier: String, _ database: Database) throws -> Entry? {
        let select = try database.cachedStatement(sql: "SELECT * FROM submission WHERE identifier = ?")
        guard let row = try Row.fetchOne(select, arguments: [identifier]) else { return nil }
        let answer: Data? = row["answer"]
        let episodes: String = row["episodes"]
        return Entry(
            identifier: row["identifier"], account: row["account"], facility: row["facility"],
            receivedAt: row["received"], episodes: try JSONDecoder().decode([String].self, from: Data(episodes.utf8)),
            answer: answer.map(Array.init))
    }
}
