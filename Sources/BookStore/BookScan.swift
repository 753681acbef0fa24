public import ExchangeSchema
public import HealthBook
import PartyCore
public import PartyStore

/// Goes over the books of one of MoH's stores from end to end, for whoever compares them with something else.
public struct BookScan {
    private let store: StoreInspection

    /// A store.
    public init(_ store: StoreInspection) { self.store = store }

    /// What a book was told, with the number under which it was told.
    public struct Told: Sendable, Equatable {
        /// Whose book it is, below 10^12.
        public var citizen: UInt64
        /// What it was told.
        public var item: BookItem

        /// Takes both.
        public init(citizen: UInt64, item: BookItem) {
            self.citizen = citizen
            self.item = item
        }
    }

    /// Goes over what was told of records, by record and revision, a record at a time. What was told of people only is left
    /// out.
    /// - Throws: `StoreError`; what the body throws.
    public func forEachRecord(_ body: (RecordIdentifier, [Told]) throws -> Void) throws {
        guard try store.hasTable("book_item") else { return }
        try store.withConnection { connection in
            // Sorted without the contents, which are many times as large.
            let rows = try connection.statement(
                """
                SELECT record, revision, kind, time, citizen, position FROM book_run CROSS JOIN book_index USING (run)
                CROSS JOIN book_item USING (position) WHERE record <> zeroblob(16) ORDER BY record, revision, kind
                """)
            let content = try connection.statement("SELECT content FROM book_item WHERE position = ?1")
            defer {
                rows.finalize()
                content.finalize()
            }
            var current: RecordIdentifier?
            var told: [Told] = []
            while try rows.step() {
                guard let record = rows.record(0), let revision = UInt32(exactly: rows.integer(1)),
                    let stored = UInt8(exactly: rows.integer(2)), let kind = ReadModelChange.Kind(rawValue: stored)
                else { throw StoreError(.damaged, "a row of the book is damaged; restore from a copy") }
                if record != current {
                    if let current { try body(current, told) }
                    current = record
                    told.removeAll(keepingCapacity: true)
                }
                try content.bind(rows.integer(5), at: 1)
                let bytes = try content.step() ? content.withBytes(0) { Array($0) } : []
                content.reset()
                told.append(
                    Told(
                        citizen: UInt64(bitPattern: rows.integer(4)),
                        item: BookItem(kind, record: record, revision: revision, time: rows.integer(3), content: bytes))
                )
            }
            if let current { try body(current, told) }
        }
    }

    /// Rows that no index names, so that nobody ever reads them.
    /// - Throws: `StoreError`.
    public func strayRows() throws -> Int64 {
        guard try store.hasTable("book_item") else { return 0 }
        return try store.withConnection { connection in
            let rows = try connection.statement(
                """
                SELECT count(*) FROM book_item WHERE position NOT IN (SELECT position FROM book_run CROSS JOIN book_index
                  USING (run)) AND record <> zeroblob(16)
                """)
            defer { rows.finalize() }
            return try rows.step() ? rows.integer(0) : 0
        }
    }

    /// Each former number, with the one that came after it.
    /// - Throws: `StoreError`.
    public func successors() throws -> [UInt64: UInt64] {
        guard try store.hasTable("book_item") else { return [:] }
        return try store.withConnection { try BookRows($0).successors() }
    }
}
