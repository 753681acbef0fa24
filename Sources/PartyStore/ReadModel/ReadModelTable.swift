import Foundation
import GRDB
import PartyCore

/// How a store keeps a read model: the one that writes into its own database, or the changes on their way to a file.
final class ReadModelTable {
    static let tables = """
        CREATE TABLE IF NOT EXISTS read_model (id INTEGER PRIMARY KEY CHECK (id = 1), place TEXT NOT NULL,
            forgotten INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS read_model_change (leaves INTEGER PRIMARY KEY, changes BLOB NOT NULL) STRICT;
        """

    private enum Destination {
        case database(any ReadModelWriter)
        case file(ReadModelFile)
    }

    private let destination: Destination
    private let insert: Statement
    private let delete: Statement
    private let forget: Statement
    /// What the batch changes that is being written.
    private var written: (changes: ReadModelChanges, leaves: Int64)?
    /// What is committed and not in the file yet, in its order.
    private var pending: [(changes: ReadModelChanges, leaves: Int64)] = []
    private var pendingSince: ContinuousClock.Instant?
    private let plan: ReadModelPlan
    /// Whether the file has what the table still holds.
    private var isToBeForgotten = false
    private var scratch = ByteWriter()

    /// Opens the read model; inside a transaction.
    /// - Parameter next: Number of the party's next leaf.
    init(
        _ database: Database, _ plan: ReadModelPlan, directory: String, identity: StoreIdentity,
        durability: StoreDurability, next: Int64
    ) throws {
        self.plan = plan
        let connection = try unsafe StoreConnection(database.sqliteConnection)
        let place = plan.place.stored
        let row = try Row.fetchOne(database, sql: "SELECT place, forgotten FROM read_model")
        var forgotten: Int64?
        if let row {
            let known: String = try row.stored(0)
            guard known == place else {
                throw StoreError(
                    .otherVersion,
                    "\(directory) keeps its read model in \(known), this program in \(place); use the version of the "
                        + "program that wrote it, or another --data")
            }
            forgotten = try row.stored(1)
        } else {
            try database.execute(
                sql: "INSERT INTO read_model (id, place, forgotten) VALUES (1, ?, ?)",
                arguments: [place, next])
        }
        insert = try connection.statement("INSERT INTO read_model_change (leaves, changes) VALUES (?1, ?2)")
        delete = try connection.statement("DELETE FROM read_model_change WHERE leaves <= ?1")
        forget = try connection.statement("UPDATE read_model SET forgotten = max(forgotten, ?1)")
        switch plan.place {
        case .database: destination = .database(try plan.open(connection))
        case .file(let name):
            let file = try ReadModelFile(
                path: directory + "/" + name, identity: identity, durability: durability, plan: plan)
            try Self.check(file, forgotten: forgotten, next: next)
            destination = .file(file)
        }
    }

    /// A file that goes less far than what the party has forgotten lacks what nobody can give it any more; one that goes
    /// further was written by another history of the party.
    private static func check(_ file: ReadModelFile, forgotten: Int64?, next: Int64) throws {
        if file.leaves > next {
            throw StoreError(
                .olderCopy,
                "\(file.path) goes up to leaf \(file.leaves) and its party only to \(next): the directory is an older "
                    + "copy; put both back from one copy")
        }
        if let forgotten, file.leaves < forgotten {
            throw StoreError(
                .damaged,
                "\(file.path) goes up to leaf \(file.leaves), and what its party changed up to \(forgotten) is nowhere "
                    + "else; put the file back from a copy")
        }
    }

    /// Brings the file up to what was committed before the process ended; outside a transaction.
    func catchUp(_ database: Database) throws {
        guard case .file(let file) = destination else { return }
        let rows = try Row.fetchCursor(
            database, sql: "SELECT leaves, changes FROM read_model_change WHERE leaves > ? ORDER BY leaves",
            arguments: [file.leaves])
        while let row = try rows.next() {
            let (leaves, bytes): (Int64, Data) = (try row.stored(0), try row.stored(1))
            guard let changes = ReadModelChanges(stored: Array(bytes)) else {
                throw StoreError(.damaged, "changes of the read model are damaged; restore from a copy")
            }
            try file.apply([changes], upTo: leaves)
        }
        isToBeForgotten = file.leaves > 0
    }

    /// Writes what a batch changed; inside its transaction.
    /// - Parameter leaves: Number of the leaf after its last one.
    func write(_ changes: ReadModelChanges, upTo leaves: Int64) throws {
        switch destination {
        case .database(let writer): if !changes.isEmpty { try writer.apply(changes) }
        case .file(let file):
            if isToBeForgotten { try forgetApplied(file) }
            guard !changes.isEmpty else { return }
            scratch.removeAll()
            changes.encode(into: &scratch)
            try unsafe scratch.bytes.withUnsafeBytes { bytes in
                try insert.bind(leaves, at: 1)
                try unsafe insert.bind(borrowed: bytes, at: 2)
                try insert.run()
            }
            written = (changes, leaves)
        }
    }

    /// Takes out what the file has; inside a transaction, after which ``forgot()`` is to be called.
    func forgetApplied() throws {
        if isToBeForgotten, case .file(let file) = destination { try forgetApplied(file) }
    }

    private func forgetApplied(_ file: ReadModelFile) throws {
        try delete.bind(file.leaves, at: 1)
        try delete.run()
        try forget.bind(file.leaves, at: 1)
        try forget.run()
    }

    /// The transaction in which something was taken out is committed.
    func forgot() { isToBeForgotten = false }

    /// What the model in the party's database says; a file is not asked, for it follows only after the batch.
    func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        guard case .database(let writer) = destination else { return nil }
        return try writer.answer(question, after: changes)
    }

    /// The batch is committed: the file follows, at once or when it is time.
    func follow() throws {
        isToBeForgotten = false
        if let written { pending.append(written) }
        written = nil
        try followInTime()
    }

    /// The file follows where it has been behind for long enough.
    func followInTime() throws {
        guard !pending.isEmpty else { return }
        let now = plan.now()
        let since = pendingSince ?? now
        pendingSince = since
        let isMuch = pending.reduce(0) { $0 + $1.changes.changes.count } >= plan.mostChanges
        if isMuch || since.duration(to: now) >= plan.patience { try followNow() }
    }

    /// The file follows now.
    func followNow() throws {
        guard case .file(let file) = destination, let last = pending.last else { return }
        let batches = pending.map(\.changes)
        pending = []
        pendingSince = nil
        try file.apply(batches, upTo: last.leaves)
        isToBeForgotten = true
    }

    func close() throws {
        // What the file does not take now it gets at the next opening.
        let end = Result { try followNow() }
        for statement in [insert, delete, forget] { statement.finalize() }
        switch destination {
        case .database(let writer): writer.finalize()
        case .file(let file): try file.close()
        }
        try end.get()
    }
}

extension ReadModelPlan.Place {
    /// As the party's database remembers it.
    fileprivate var stored: String {
        switch self {
        case .database: "the party's database"
        case .file(let name): name
        }
    }
}
