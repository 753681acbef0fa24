import Foundation
import GRDB
import PartyCore

/// A read model in a file of its own, which says up to which leaf of its party's journal it goes.
final class ReadModelFile {
    /// All changes of leaves before this one are in the file.
    private(set) var leaves: Int64
    private let queue: DatabaseQueue
    private let writer: any ReadModelWriter
    private let begin: Statement
    private let commit: Statement
    private let rollBack: Statement
    private let position: Statement
    let path: String

    private static let tables = """
        CREATE TABLE IF NOT EXISTS source (id INTEGER PRIMARY KEY CHECK (id = 1), party TEXT NOT NULL,
            exchange TEXT NOT NULL, leaves INTEGER NOT NULL) STRICT;
        """

    /// - Throws: ``StoreError`` when the file is another party's, or damaged.
    init(path: String, identity: StoreIdentity, durability: StoreDurability, plan: ReadModelPlan) throws {
        self.path = path
        var configuration = Configuration()
        configuration.journalMode = .wal
        // Other programs may open the file, and one that writes into it is waited for.
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase {
            try $0.execute(
                sql: """
                    PRAGMA page_size = 16384; PRAGMA secure_delete = ON; PRAGMA cache_size = -24576;
                    PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY
                    """)
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        (writer, leaves, begin, commit, rollBack, position) = try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = \(durability == .power ? "FULL" : "OFF")")
            let connection = try unsafe StoreConnection(database.sqliteConnection)
            var opened: (any ReadModelWriter, Int64)?
            try database.inTransaction {
                try database.execute(sql: Self.tables)
                let row = try Row.fetchOne(database, sql: "SELECT party, exchange, leaves FROM source")
                if let row {
                    let (party, exchange): (String, String) = (try row.stored(0), try row.stored(1))
                    guard party == identity.party, exchange == identity.exchange else {
                        throw StoreError(
                            .otherExchange,
                            "\(path) is of \(party) in exchange \(exchange), and not of \(identity.party) in "
                                + "\(identity.exchange); move it away, or put back the one that belongs here")
                    }
                } else {
                    try database.execute(
                        sql: "INSERT INTO source (id, party, exchange, leaves) VALUES (1, ?, ?, 0)",
                        arguments: [identity.party, identity.exchange])
                }
                opened = (try plan.open(connection), try row?.stored(2) ?? 0)
                return .commit
            }
            guard let opened else { throw StoreError(.database, "\(path) cannot be opened") }
            return (
                opened.0, opened.1, try connection.statement("BEGIN IMMEDIATE"), try connection.statement("COMMIT"),
                try connection.statement("ROLLBACK"), try connection.statement("UPDATE source SET leaves = ?1")
            )
        }
    }

    /// Applies what batches changed, with the number of the leaf after the last one of them.
    func apply(_ batches: [ReadModelChanges], upTo next: Int64) throws {
        try queue.writeWithoutTransaction { _ in
            try begin.run()
            do {
                for changes in batches { try writer.apply(changes) }
                try position.bind(next, at: 1)
                try position.run()
                try commit.run()
            } catch {
                // After some errors SQLite has taken it back already.
                try? rollBack.run()
                throw error
            }
        }
        leaves = next
    }

    func close() throws {
        for statement in [begin, commit, rollBack, position] { statement.finalize() }
        writer.finalize()
        try queue.close()
    }
}
