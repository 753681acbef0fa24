import ExchangeSchema
import HealthBook
import PartyCore
import PartyStore

/// Reads the tables of the book.
struct BookRows {
    private let connection: StoreConnection

    init(_ connection: StoreConnection) { self.connection = connection }

    /// Each former number, with the one that came after it.
    func successors() throws -> [UInt64: UInt64] {
        let rows = try connection.statement("SELECT former, current FROM book_number")
        defer { rows.finalize() }
        var successors: [UInt64: UInt64] = [:]
        while try rows.step() {
            successors[UInt64(bitPattern: rows.integer(0))] = UInt64(bitPattern: rows.integer(1))
        }
        return successors
    }

    func numbers(of citizen: UInt64) throws -> [UInt64] { NumberChain(try successors()).numbers(of: citizen) }

    /// Looks whether something was told under numbers, one after another.
    func lookUp() throws -> BookLookUp { try BookLookUp(connection) }

    /// What was told under a number.
    /// - Throws: `StoreError` `damaged`.
    func items(of citizen: UInt64) throws -> [BookItem] {
        // The order of the join is given: each run is asked for the citizen, and each position for its row.
        let rows = try connection.statement(
            """
            SELECT kind, record, revision, time, content FROM book_run CROSS JOIN book_index USING (run)
            CROSS JOIN book_item USING (position) WHERE citizen = ?1
            """)
        defer { rows.finalize() }
        try rows.bind(Int64(citizen), at: 1)
        var items: [BookItem] = []
        while try rows.step() {
            guard let record = rows.record(1), let stored = UInt8(exactly: rows.integer(0)),
                let kind = ReadModelChange.Kind(rawValue: stored), let revision = UInt32(exactly: rows.integer(2))
            else { throw StoreError(.damaged, "a row of the book is damaged; restore from a copy") }
            items.append(
                BookItem(
                    kind, record: record, revision: revision, time: rows.integer(3),
                    content: rows.withBytes(4) { Array($0) }))
        }
        return items
    }
}
