import GRDB

/// Rows of a table in SQLite, whose columns have the names of ours. Others are not looked at.
struct TableRows<Column: RegisterColumn>: RegisterRows {
    let path: String
    private let queue: DatabaseQueue
    private let columns: [Column]
    private var page: ArraySlice<RegisterRow<Column>> = []
    private var last = Int64.min
    private var isAtEnd = false

    private static var pageSize: Int { 1_000 }

    /// - Throws: ``RowProblem`` when there is no such table, or no column of it is ours.
    init(_ path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let names = try queue.read { database in
            try database.tableExists(Column.table) ? try database.columns(in: Column.table).map(\.name) : []
        }
        columns = Column.allCases.filter { names.contains($0.name) }
        guard !columns.isEmpty else {
            throw RowProblem(
                file: path, line: 0, column: nil, value: "",
                rule: "no table \(Column.table) with columns of \(Column.names.joined(separator: ", "))")
        }
    }

    mutating func next() throws -> RegisterRow<Column>? {
        if page.isEmpty, !isAtEnd { try readPage() }
        return page.popFirst()
    }

    private mutating func readPage() throws {
        let names = columns.map { "CAST(\($0.name.quotedDatabaseIdentifier) AS TEXT)" }.joined(separator: ", ")
        let (columns, last) = (columns, last)
        let rows = try queue.read { database in
            try Row.fetchAll(
                database, sql: "SELECT rowid, \(names) FROM \(Column.table) WHERE rowid > ? ORDER BY rowid LIMIT ?",
                arguments: [last, Self.pageSize]
            ).map { stored in
                var row = RegisterRow<Column>(line: stored[0])
                for (index, column) in columns.enumerated() {
                    row[column] = (stored[index + 1] as String?)?.trimmingBlanks ?? ""
                }
                return row
            }
        }
        isAtEnd = rows.count < Self.pageSize
        self.last = rows.last.map { Int64($0.line) } ?? last
        page = rows[...]
    }
}
