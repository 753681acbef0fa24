import Foundation
import GRDB
import Journal
public import PartyCore

/// Where one party keeps its state: SQLite, one transaction a batch for state, offsets, journal, outbox and
/// ledger (architecture, decision 2). One process and one thread at a time; the directory is locked.
public final class PartyStore<Record: RecordValue> {
    /// What was there when the store was opened.
    public private(set) var progress: StoredProgress
    let queue: DatabaseQueue
    private var lock: DirectoryLock?
    private var state: StoreState<Record>
    let writer: BatchWriter
    /// A transaction was taken back, and the state in memory is not what is stored.
    private var isBroken = false
    let readModel: ReadModelTable?
    /// When what was deleted is to be taken out of the last corners.
    var sweep = SweepClock()

    /// Opens a party's directory, or makes it.
    /// - Parameters:
    ///   - patience: How long to wait for a process that holds the directory and may be about to end.
    ///   - willOpen: Called when the directory is this process's own, before anything is written: from then on it should
    ///     not end by itself before the store is open, or its next start has a transaction to take back.
    ///   - readModel: What people read of the party, written with each batch; nil for nothing.
    ///   - notice: Told, once, that it is waited for.
    /// - Throws: ``StoreError`` when the directory is another's, of another version, in use, damaged, or not writable.
    public init(
        directory: String, identity: StoreIdentity, durability: StoreDurability, patience: Duration = .zero,
        readModel: ReadModelPlan? = nil, willOpen: () -> Void = {}, notice: (String) -> Void = { _ in }
    ) throws {
        try StorePath.check(directory)
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw StoreError(.database, "cannot make \(directory): \(error.localizedDescription)")
        }
        lock = try DirectoryLock(directory: directory, patience: patience, notice: notice)
        willOpen()
        do {
            queue = try DatabaseQueue(path: StorePath.database(directory), configuration: Self.configuration)
            let opened = try queue.writeWithoutTransaction { database in
                // GRDB sets `synchronous` itself when it turns WAL on, so ours comes after.
                try database.execute(sql: "PRAGMA synchronous = \(durability == .power ? "FULL" : "OFF")")
                var tree: JournalTree?
                var table: ReadModelTable?
                try database.inTransaction {
                    try StoreSchema.prepare(database, identity, path: directory)
                    try RecordChangeTable.catchUp(database)
                    tree = try StoredTree.open(database)
                    if let readModel {
                        table = try ReadModelTable(
                            database, readModel, directory: directory, identity: identity, durability: durability,
                            next: try StoredProgress(database).nextSequence)
                    }
                    return .commit
                }
                try table?.catchUp(database)
                return (try Self.open(database, tree, directory: directory), table)
            }
            ((state, writer, progress), self.readModel) = opened
            state.readModel = self.readModel
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        // Written ahead, so that others read a state that was committed while the next is written.
        configuration.journalMode = .wal
        configuration.prepareDatabase { database in
            // Measured: 16 KiB pages halve the write calls of a batch. A batch deletes before it adds, so that a page
            // that becomes free, and is overwritten, is mostly one that it writes anyway. The log grows only while
            // somebody reads for long, and is cut back afterwards. 12 MiB of pages in place of 24 make no difference
            // in processor time with 200,000 visits, and are what each party's process is smaller by.
            try database.execute(
                sql: """
                    PRAGMA page_size = 16384; PRAGMA secure_delete = ON; PRAGMA cache_size = -12288;
                    PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY
                    """)
        }
        return configuration
    }

    private static func open(
        _ database: Database, _ tree: JournalTree?, directory: String
    ) throws -> (StoreState<Record>, BatchWriter, StoredProgress) {
        guard let connection = unsafe database.sqliteConnection, let tree else {
            throw StoreError(.database, "SQLite gave no connection")
        }
        let progress = try StoredProgress(database)
        let state = unsafe StoreState<Record>(
            records: try RecordTable(connection), changes: try RecordChangeTable(connection),
            kept: try KeptTable(connection), notes: try NoteTable(connection),
            chains: try ChainTable(connection), proof: try RowProof(connection, directory: directory),
            nextPosition: progress.nextPosition)
        return unsafe (state, try BatchWriter(connection, tree: tree), progress)
    }

    /// Runs one batch in one transaction: the body works on the state and says what to commit beside it; nil when the
    /// batch changed nothing.
    /// - Throws: What the body throws, or ``StoreError``; then nothing of the batch is kept, and the store is not to be
    ///   used any more.
    public func batch(_ body: (inout StoreState<Record>) throws -> BatchCommit?) throws {
        try batch(with: { _ in }, body)
    }

    /// The same, with a change of other tables in the same transaction.
    func batch(
        with change: (Database) throws -> Void, _ body: (inout StoreState<Record>) throws -> BatchCommit?
    ) throws {
        do {
            try queue.writeWithoutTransaction { database in
                try writer.begin()
                do {
                    try change(database)
                    let commit = try body(&state)
                    try state.flush()
                    if let commit {
                        try writer.write(commit, nextPosition: state.nextPosition)
                        try readModel?.write(commit.readModel, upTo: commit.nextLeaf)
                    }
                    if let witness = commit?.witness { try WitnessTables.write(witness, database) }
                    try writer.commit()
                } catch {
                    writer.rollBack()
                    isBroken = true
                    throw error
                }
            }
            try readModel?.follow()
            sweep.note(.now)
        } catch let error as DatabaseError {
            throw StoreError(error, path: queue.path)
        }
    }

    /// Lets a read model in a file of its own follow, where it has been behind for as long as it may, and overwrites what
    /// deleted rows have left (``sweepDeleted()``), where it is time for it; to be called again and again while there is
    /// nothing to write.
    /// - Parameter atOnce: However short a time it has been behind.
    /// - Throws: ``StoreError``; then the store is not to be used any more.
    public func settle(atOnce: Bool = false) throws {
        do {
            if atOnce { try readModel?.followNow() } else { try readModel?.followInTime() }
            if sweep.isDue(.now) { try sweepDeleted() }
        } catch let error as DatabaseError {
            throw StoreError(error, path: queue.path)
        }
    }

    /// A chunk that waits in the outbox; nil when it is gone.
    public func outboxChunk(_ number: Int64) throws -> OutboxChunk? {
        try queue.read { database in
            guard
                let bytes = try Data.fetchOne(
                    database, sql: "SELECT chunk FROM outbox WHERE number = ?", arguments: [number])
            else { return nil }
            guard let chunk = OutboxChunk(number: number, stored: Array(bytes)) else {
                throw StoreError(.damaged, "outbox chunk \(number) is damaged; restore from a copy")
            }
            return chunk
        }
    }

    /// Since when the oldest entry that has an age is kept; Unix milliseconds, nil when none is.
    public func oldestKeptSince() throws -> Int64? {
        try queue.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT since FROM kept WHERE since < ? ORDER BY position LIMIT 1",
                arguments: [Int64.max])
        }
    }

    /// Records by phase, counted from the rows and not from the ledger: the two must agree.
    public func countByPhase() throws -> [RecordPhase: Int64] {
        try queue.writeWithoutTransaction { database in
            try catchUp(database)
            return try RecordTable.countByPhase(database)
        }
    }

    /// Hands each leaf of the journal to the body, in order.
    /// - Throws: What the body throws, or ``StoreError`` `damaged` where leaves are missing or are none.
    public func forEachLeaf(_ body: (Int64, JournalLeaf) throws -> Void) throws {
        try queue.read { database in
            var next: Int64 = 0
            let rows = try Row.fetchCursor(database, sql: "SELECT first, count, leaves FROM journal ORDER BY first")
            while let row = try rows.next() {
                let first: Int64 = try row.stored(0)
                let count: Int = try row.stored(1)
                let bytes: Data = try row.stored(2)
                let stored = Array(bytes)
                guard first == next, stored.count.isMultiple(of: JournalLeaf.width),
                    stored.count / JournalLeaf.width == count
                else { throw StoreError(.damaged, "the journal is damaged at leaf \(next); restore from a copy") }
                next += Int64(count)
                for index in 0..<count {
                    let at = index * JournalLeaf.width
                    guard let leaf = JournalLeaf(stored: stored[at..<at + JournalLeaf.width]) else {
                        throw StoreError(.damaged, "journal leaf \(first + Int64(index)) is damaged")
                    }
                    try body(first + Int64(index), leaf)
                }
            }
        }
    }

    /// Brings the table of records up to date. Where a batch was taken back, the next start does it.
    func catchUp(_ database: Database) throws {
        guard !isBroken else { return }
        do {
            try database.inTransaction(.immediate) {
                try state.catchUp()
                return .commit
            }
        } catch {
            isBroken = true
            throw error
        }
    }

    /// Closes the database; what was deleted is overwritten, its log is folded in, free pages of a small one are given back, and
    /// the directory is free for another process.
    public func close() throws {
        guard lock != nil else { return }
        let end = Result {
            try readModel?.followNow()
            try sweepDeleted()
            try giveBackFreePages()
        }
        try release()
        do { try end.get() } catch let error as DatabaseError { throw StoreError(error, path: queue.path) }
    }

    private func release() throws {
        state.finalize()
        writer.finalize()
        try readModel?.close()
        try queue.close()
        lock = nil
    }

    // A store that was not closed may be one that is not to be written any more.
    deinit { try? release() }
}
