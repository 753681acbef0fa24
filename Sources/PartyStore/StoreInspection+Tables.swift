import GRDB

/// Tables of others in a party's database: its read model.
extension StoreInspection {
    /// Whether there is a table of this name.
    public func hasTable(_ name: String) throws -> Bool { try view.read { try $0.tableExists(name) } }

    /// Lends the connection, of which only may be read; what is read is of one state with all else.
    /// - Throws: What the body throws; ``StoreError`` when the database is damaged, or its party was started.
    public func withConnection<Result>(_ body: (StoreConnection) throws -> Result) throws -> Result {
        try view.read { database in try body(try unsafe StoreConnection(database.sqliteConnection)) }
    }
}
