import PartyCore
import PartyStore

/// Looks whether something was told under a number, without reading what.
final class BookLookUp {
    private let items: Statement
    private let enrolments: Statement

    init(_ connection: StoreConnection) throws {
        // The order of the join is given: each run is asked for the citizen.
        items = try connection.statement(
            "SELECT 1 FROM book_run CROSS JOIN book_index USING (run) WHERE citizen = ?1 LIMIT 1")
        enrolments = try connection.statement(
            """
            SELECT 1 FROM book_run CROSS JOIN book_index USING (run) CROSS JOIN book_item USING (position)
            WHERE citizen = ?1 AND kind = \(ReadModelChange.Kind.enrolment.rawValue) LIMIT 1
            """)
    }

    func finalize() {
        items.finalize()
        enrolments.finalize()
    }

    /// Whether there is a book under this number.
    func hasBook(_ citizen: UInt64) throws -> Bool { try isFound(items, citizen) }

    /// Whether a book was opened under this number before any visit.
    func isEnrolled(_ citizen: UInt64) throws -> Bool { try isFound(enrolments, citizen) }

    private func isFound(_ statement: Statement, _ citizen: UInt64) throws -> Bool {
        try statement.bind(Int64(citizen), at: 1)
        defer { statement.reset() }
        return try statement.step()
    }
}
