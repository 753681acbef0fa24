import GRDB

/// People in SQLite: the table `people`, whose columns have the names of ours. Others are not looked at.
struct TableOfPeople: PeopleRows {
    let path: String
    private let queue: DatabaseQueue
    private let columns: [PeopleColumn]
    private var page: ArraySlice<PeopleRow> = []
    private var last = Int64.min
    private var isAtEnd = false

    private static let pageSize = 1_000

    /// - Throws: ``RowProblem`` when there is no such table, or no column of it is ours.
    init(_ path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let names = try queue.read { database in
            try database.tableExists("people") ? try database.columns(in: "people").map(\.name) : []
        }
        columns = PeopleColumn.allCases.filter { names.contains($0.rawValue) }
        guard !columns.isEmpty else {
            throw RowProblem(
                file: path, line: 0, column: nil, value: "",
                rule: "no table people with columns of \(PeopleColumn.names.joined(separator: ", "))")
        }
    }

    mutating func next() throws -> PeopleRow? {
        if page.isEmpty, !isAtEnd { try readPage() }
        return page.popFirst()
    }

    private mutating func readPage() throws {
        let names = columns.map { "CAST(\($0.rawValue.quotedDatabaseIdentifier) AS TEXT)" }.joined(separator: ", ")
        let (columns, last) = (columns, last)
        let rows = try queue.read { database in
            try Row.fetchAll(
                database, sql: "SELECT rowid, \(names) FROM people WHERE rowid > ? ORDER BY rowid LIMIT ?",
                arguments: [last, Self.pageSize]
            ).map { stored in
                var row = PeopleRow(line: stored[0])
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

extension String {
    fileprivate var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
