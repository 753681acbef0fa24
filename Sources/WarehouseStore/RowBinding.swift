import PartyStore

/// Binds the values of a row one after the other.
struct RowBinding {
    private let statement: Statement
    private var position: Int32 = 0

    init(_ statement: Statement) { self.statement = statement }

    mutating func add(_ text: String?) throws {
        position += 1
        if let text { try statement.bind(text: text, at: position) } else { try statement.bindNull(at: position) }
    }

    mutating func add(_ number: Int64?) throws {
        position += 1
        if let number { try statement.bind(number, at: position) } else { try statement.bindNull(at: position) }
    }

    mutating func add(_ number: Double?) throws {
        position += 1
        if let number { try statement.bind(real: number, at: position) } else { try statement.bindNull(at: position) }
    }

    func run() throws { try statement.run() }
}

extension StoreConnection {
    /// The one number that a statement answers.
    func number(_ sql: String) throws -> Int64 {
        let statement = try statement(sql)
        defer { statement.finalize() }
        return try statement.step() ? statement.integer(0) : 0
    }
}
