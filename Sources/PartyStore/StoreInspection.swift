public import ExchangeSchema
import Foundation
import GRDB
public import PartyCore

/// A look into the data directory of a party that is not running: what was committed, as the rows say it. Nothing is
/// changed but that SQLite folds in its log.
public final class StoreInspection {
    /// Name of the party whose directory it is.
    public let party: String
    /// The exchange it belongs to: the cluster identifier of its broker.
    public let exchange: String
    /// Ledger, offsets and outbox as committed last.
    public let progress: StoredProgress
    let queue: DatabaseQueue
    private let lock: DirectoryLock

    /// Whether a directory holds a party's data.
    public static func isPossible(directory: String) -> Bool {
        FileManager.default.fileExists(atPath: directory + "/party.sqlite")
    }

    /// Opens a party's directory, which must exist.
    /// - Throws: ``StoreError`` when it is in use, of another version, damaged, or no party's directory at all.
    public init(directory: String) throws {
        guard Self.isPossible(directory: directory) else {
            throw StoreError(.database, "\(directory) holds no party's data; check the path")
        }
        lock = try DirectoryLock(directory: directory)
        do {
            queue = try DatabaseQueue(path: directory + "/party.sqlite")
            (party, exchange, progress) = try queue.read { database in
                func meta(_ key: String) throws -> String? {
                    try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
                }
                let format = try meta("format")
                guard format == StoreSchema.version else {
                    throw StoreError(
                        .otherVersion,
                        "\(directory) has format \(format ?? "unknown"), this program reads \(StoreSchema.version); use "
                            + "the version of the program that wrote it")
                }
                return (try meta("party") ?? "", try meta("exchange") ?? "", try StoredProgress(database))
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory)
        }
    }

    /// Records by phase, counted from the rows and not from the ledger: the two must agree.
    public func countByPhase() throws -> [RecordPhase: Int64] {
        try queue.read { try RecordTable.countByPhase($0) }
    }

    /// The state of one record in its stored form; nil when the party has never seen it.
    public func words(of record: RecordIdentifier) throws -> RecordWords? {
        try queue.read { database in
            guard let connection = database.sqliteConnection else { return nil }
            return try RecordTable(connection).words(record)
        }
    }

    /// Goes over the journal.
    public func journal() throws -> JournalSummary {
        try queue.read { database in
            guard let connection = database.sqliteConnection else { return JournalSummary() }
            let rows = try Statement(connection, "SELECT first, count, leaves FROM journal ORDER BY first")
            var summary = JournalSummary()
            while try rows.step() {
                let (first, count) = (rows.integer(0), rows.integer(1))
                rows.withBytes(2) { summary.note(first: first, count: count, bytes: $0) }
            }
            return summary
        }
    }
}
