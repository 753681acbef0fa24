public import ExchangeSchema
import Foundation
import GRDB
public import PartyCore

/// A look into the data directory of a party, whether it runs or not: what was committed when it was opened, as the rows
/// say it. Nothing is changed, no lock is taken, and a directory that may only be read will do.
public final class StoreInspection {
    /// Name of the party whose directory it is.
    public let party: String
    /// The exchange it belongs to: the cluster identifier of its broker.
    public let exchange: String
    /// Ledger, offsets and outbox as committed last.
    public let progress: StoredProgress
    let view: StoreView

    /// Whether a process held the directory, so that the party may have gone on since.
    public var isLive: Bool { view.isLive }

    /// Whether the party was neither started nor put back since the store was opened at rest; always true of one that runs.
    public var isUnchanged: Bool { view.isUnchanged }

    /// Clock reading at which the state was fixed; what the party commits later is not in it. Unix milliseconds.
    public var takenAt: Int64 { view.takenAt }

    /// Whether a directory holds a party's data.
    public static func isPossible(directory: String) -> Bool {
        FileManager.default.fileExists(atPath: StorePath.database(directory))
    }

    /// Opens a party's directory, which must exist. What is read is one state until the object is gone.
    /// - Throws: ``StoreError`` when it is of another version, damaged, or no party's directory at all; `notBegun` when
    ///   its party has just been started.
    public convenience init(directory: String) throws {
        self.init(try Self.open(directory: directory).required(directory))
    }

    /// Opens a directory, whatever there is in it.
    /// - Throws: ``StoreError`` when the store is of another version or damaged.
    public static func open(directory: String) throws -> StoreOpening {
        try StorePath.check(directory)
        guard isPossible(directory: directory) else { return .absent }
        do {
            let view = try StoreView.open(directory)
            return try view.read { database in
                guard try database.tableExists("meta") else { return .unwritten(isLive: view.isLive) }
                return .begun(try StoreInspection(view, database))
            }
        } catch let error as StoreError where error.code == .interrupted {
            return .interrupted(error)
        }
    }

    private init(_ view: StoreView, _ database: Database) throws {
        func meta(_ key: String) throws -> String? {
            try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
        }
        let format = try meta("format")
        guard format == StoreSchema.version else {
            throw StoreError(
                .otherVersion,
                "\(view.directory) has format \(format ?? "unknown"), this program reads \(StoreSchema.version); use "
                    + "the version of the program that wrote it, or another --data")
        }
        self.view = view
        (party, exchange, progress) = (
            try meta("party") ?? "", try meta("exchange") ?? "", try StoredProgress(database)
        )
    }

    private init(_ other: StoreInspection) {
        (party, exchange, progress, view) = (other.party, other.exchange, other.progress, other.view)
    }

    /// Records by phase, counted from the rows and not from the ledger: the two must agree.
    public func countByPhase() throws -> [RecordPhase: Int64] {
        try view.read { try RecordTable.countByPhase($0) }
    }

    /// The state of one record in its stored form; nil when the party has never seen it.
    public func words(of record: RecordIdentifier) throws -> RecordWords? {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return nil }
            return try unsafe RecordTable.row(record, connection)?.words
        }
    }

    /// Goes over the journal.
    public func journal() throws -> JournalSummary {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return JournalSummary() }
            let rows = try unsafe Statement(connection, "SELECT first, count, leaves FROM journal ORDER BY first")
            var summary = JournalSummary()
            while try rows.step() {
                let (first, count) = (rows.integer(0), rows.integer(1))
                unsafe rows.withBytes(2) { unsafe summary.note(first: first, count: count, bytes: $0) }
            }
            return summary
        }
    }
}
