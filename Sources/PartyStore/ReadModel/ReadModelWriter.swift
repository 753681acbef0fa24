import GRDBSQLite
public import PartyCore

/// Writes a party's read model into tables of its own. The store knows nothing of them: it says in which database they
/// lie and when they are written.
public protocol ReadModelWriter: AnyObject {
    /// Writes what a batch changed; called inside a transaction, once for each batch.
    /// - Throws: ``StoreError``; then nothing of the batch is kept.
    func apply(_ changes: ReadModelChanges) throws
    /// Says what it is asked, as the model stands after these changes, which are not written by it; called inside the
    /// transaction in which they will be.
    /// - Returns: Nil where it knows nothing of such questions.
    func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer?
    /// Lets go of its statements: the database is to be closed.
    func finalize()
}

extension ReadModelWriter {
    /// Most read models are asked nothing.
    public func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        nil
    }
}

/// Where a party's read model lies, and who writes it.
///
/// Tables in the party's own database are written in the batch's transaction, and that is all. A file of its own cannot
/// be: SQLite commits several files in write-ahead mode one after another, so that the end of the process between two of
/// them leaves the one without the other. Its changes therefore go into a table of the party's database in the batch's
/// transaction, and from there into the file in a transaction that also says up to which leaf of the journal the file
/// goes. What the file has not got is applied at the next opening: each change once, whenever the process ends. So the file
/// need not follow each batch by itself: where it may be behind for a moment, several batches go into one transaction, which
/// writes each page once for all of them.
public struct ReadModelPlan: Sendable {
    /// Where the tables lie.
    public enum Place: Sendable, Equatable {
        /// In the party's database.
        case database
        /// In a file of this name in the party's directory, for other programs to open.
        case file(String)
    }

    /// Where the tables lie.
    public var place: Place
    /// How long a file may be behind its party; nothing, and it follows each batch.
    public var patience: Duration
    /// So many changes are not waited with.
    public var mostChanges: Int
    /// Makes the tables where they are missing, and whoever writes them; called inside a transaction.
    public var open: @Sendable (StoreConnection) throws -> any ReadModelWriter

    /// What the time is, by which patience ends.
    var now: @Sendable () -> ContinuousClock.Instant = { .now }

    /// Takes all fields.
    public init(
        _ place: Place, patience: Duration = .zero, mostChanges: Int = .max,
        open: @escaping @Sendable (StoreConnection) throws -> any ReadModelWriter
    ) {
        self.place = place
        self.patience = patience
        self.mostChanges = mostChanges
        self.open = open
    }
}

/// A connection to a database, lent to whoever has tables of its own in it. To be used on the store's thread alone, and
/// not longer than the store is open.
@safe public struct StoreConnection {
    private let handle: OpaquePointer

    /// Of an open database.
    /// - Throws: ``StoreError`` where there is none.
    public init(_ handle: OpaquePointer?) throws(StoreError) {
        guard let handle = unsafe handle else { throw StoreError(.database, "SQLite gave no connection") }
        unsafe self.handle = handle
    }

    /// Prepares a statement.
    /// - Throws: ``StoreError`` when SQLite does not understand it.
    public func statement(_ sql: String) throws(StoreError) -> Statement { try unsafe Statement(handle, sql) }

    /// Runs statements that give no rows, for example those that make tables.
    public func execute(_ sql: String) throws(StoreError) { try unsafe Statement.execute(handle, sql) }

    /// How many rows the statement changed that ran last.
    public var changedRows: Int { unsafe Int(sqlite3_changes(handle)) }
}
