import ExchangeSchema
import HealthBook
import PartyCore
import PartyStore

/// Writes books: a row for each thing told, and a run of the index for each batch.
final class BookWriter: ReadModelWriter {
    private let connection: StoreConnection
    private let runs: BookRuns
    private let insert: Statement
    private let renumber: Statement
    private let lookUp: BookLookUp
    private let refusals: RefusalRows
    private var nextPosition: Int64

    init(_ connection: StoreConnection) throws {
        try connection.execute(BookTables.tables)
        self.connection = connection
        runs = try BookRuns(connection)
        lookUp = try BookLookUp(connection)
        refusals = try RefusalRows(connection)
        insert = try connection.statement(
            """
            INSERT INTO book_item (position, kind, record, revision, time, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """)
        renumber = try connection.statement("INSERT OR REPLACE INTO book_number (former, current) VALUES (?1, ?2)")
        let last = try connection.statement("SELECT coalesce(max(position), 0) FROM book_item")
        nextPosition = try last.step() ? last.integer(0) + 1 : 1
        last.finalize()
    }

    func apply(_ changes: ReadModelChanges) throws {
        var entries: [(citizen: UInt64, position: Int64)] = []
        var enrolled = EnrolledPeople()
        for change in changes.changes {
            switch change.kind {
            case .enrolment where try !enrolled.isNews(change.subject, connection, lookUp): continue
            case .entry, .withdrawal, .enrolment, .departure, .inquiry:
                entries.append((change.subject, nextPosition))
                try write(change, changes.arena)
            case .renumbering:
                guard let number = NumberChain.number(changes.content(of: change)) else { continue }
                try renumber.bind(Int64(change.subject), at: 1)
                try renumber.bind(Int64(number), at: 2)
                try renumber.run()
                enrolled.forgetNumbers()
            case .refusal: try refusals.write(change, changes.content(of: change))
            // MoH's own figures have it.
            case .coverage: continue
            case .erasure:
                try runs.add(entries)
                entries.removeAll()
                enrolled = EnrolledPeople()
                try erase(change.subject)
            }
        }
        try runs.add(entries)
    }

    func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        let rows = BookRows(connection)
        let known = try rows.successors()
        return try HealthBooks.excerpt(of: question.subject, successors: known, after: changes) {
            try rows.items(of: $0)
        }.answer(question)
    }

    func finalize() {
        runs.finalize()
        lookUp.finalize()
        insert.finalize()
        renumber.finalize()
        refusals.finalize()
    }

    private func write(_ change: ReadModelChange, _ arena: [UInt8]) throws {
        var record = (change.record.high.bigEndian, change.record.low.bigEndian)
        try withUnsafeBytes(of: &record) { record throws -> Void in
            try arena.withUnsafeBytes { arena throws -> Void in
                try insert.bind(nextPosition, at: 1)
                try insert.bind(Int64(change.kind.rawValue), at: 2)
                try insert.bind(borrowed: record, at: 3)
                try insert.bind(Int64(change.revision), at: 4)
                try insert.bind(change.time, at: 5)
                try insert.bind(borrowed: UnsafeRawBufferPointer(rebasing: arena[change.content]), at: 6)
                try insert.run()
            }
        }
        nextPosition += 1
    }

    /// Takes everything about a person out, under all numbers; the store overwrites what it lay in.
    private func erase(_ citizen: UInt64) throws {
        for number in try BookRows(connection).numbers(of: citizen) {
            try connection.execute(
                """
                DELETE FROM book_item WHERE position IN (SELECT position FROM book_run CROSS JOIN book_index
                    USING (run) WHERE citizen = \(number));
                DELETE FROM book_index WHERE citizen = \(number) AND run IN (SELECT run FROM book_run);
                DELETE FROM book_number WHERE former = \(number) OR current = \(number);
                """)
        }
    }
}

/// Who was enrolled before, or in this batch, whose rows no run has yet: nobody is enrolled twice.
private struct EnrolledPeople {
    private var chain: NumberChain?
    private var inBatch: Set<UInt64> = []

    /// Whether a person is enrolled for the first time; from then on no more.
    mutating func isNews(
        _ citizen: UInt64, _ connection: StoreConnection, _ lookUp: BookLookUp
    ) throws -> Bool {
        let chain = try self.chain ?? NumberChain(BookRows(connection).successors())
        self.chain = chain
        let numbers = chain.numbers(of: citizen)
        for number in numbers {
            if try inBatch.contains(number) || lookUp.isEnrolled(number) { return false }
        }
        inBatch.insert(citizen)
        return true
    }

    /// Numbers have changed hands.
    mutating func forgetNumbers() { chain = nil }
}
