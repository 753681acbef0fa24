import ExchangeSchema
import GRDB
import GRDBSQLite
import PartyCore

/// The table `record_change`: rows of the table `record` that have changed since that was brought up to date, a batch a row,
/// each as its key (16 bytes) and its stored form (64).
///
/// Records lie by identifiers, which are spread: a batch that wrote them where they belong would write nearly a page for each.
/// So they are written here, at the end, and from time to time where they belong, many a page. At a start, and when
/// a party stops or is quiet, nothing is left here. Whoever reads a party beside it sees both as one table.
final class RecordChangeTable {
    static let table =
        "CREATE TABLE IF NOT EXISTS record_change (number INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;"

    private static let width = 16 + SubjectRow.width
    private let insert: Statement
    private let delete: Statement

    init(_ connection: OpaquePointer) throws(StoreError) {
        insert = try unsafe Statement(connection, "INSERT INTO record_change (rows) VALUES (?1)")
        delete = try unsafe Statement(connection, "DELETE FROM record_change")
    }

    func finalize() {
        insert.finalize()
        delete.finalize()
    }

    static func append(_ row: SubjectRow, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: (row.subject.high.bigEndian, row.subject.low.bigEndian)) {
            unsafe bytes.append(contentsOf: $0)
        }
        unsafe row.withStored { unsafe bytes.append(contentsOf: $0) }
    }

    /// Adds the rows of a batch, end to end.
    func add(_ rows: [UInt8]) throws(StoreError) {
        guard !rows.isEmpty else { return }
        try unsafe rows.span.bytes.withUnsafeBytes { bytes throws(StoreError) in
            try unsafe insert.bind(borrowed: bytes, at: 1)
            try insert.run()
        }
    }

    /// All of them are where they belong.
    func clear() throws(StoreError) { try delete.run() }

    /// Writes what an end without notice has left here where it belongs; to be called inside a transaction.
    static func catchUp(_ database: Database) throws {
        guard let connection = unsafe database.sqliteConnection else { return }
        let rows = try newest(database)
        guard !rows.isEmpty else { return }
        let records = try unsafe RecordTable(connection)
        defer { records.finalize() }
        for row in rows { try records.set(row) }
        try database.execute(sql: "DELETE FROM record_change")
    }

    /// Shows both tables as one under the name `record` to whoever reads by this connection.
    static func show(_ database: Database) throws {
        guard try database.tableExists("record_change"), let connection = unsafe database.sqliteConnection else {
            return
        }
        let rows = try newest(database)
        guard !rows.isEmpty else { return }
        try database.execute(
            sql: """
                CREATE TEMP TABLE newest (id BLOB PRIMARY KEY, phase INTEGER NOT NULL, words BLOB NOT NULL)
                    STRICT, WITHOUT ROWID
                """)
        let newest = try unsafe RecordTable(connection, name: "newest")
        defer { newest.finalize() }
        for row in rows { try newest.set(row) }
        try database.execute(
            sql: """
                CREATE TEMP VIEW record AS SELECT id, phase, words FROM temp.newest
                    UNION ALL SELECT id, phase, words FROM main.record WHERE id NOT IN (SELECT id FROM temp.newest)
                """)
    }

    /// The latest row of each record, in the order of their identifiers.
    private static func newest(_ database: Database) throws -> [SubjectRow] {
        guard let connection = unsafe database.sqliteConnection else { return [] }
        let batches = try unsafe Statement(connection, "SELECT rows FROM record_change ORDER BY number")
        defer { batches.finalize() }
        var newest: [RecordIdentifier: SubjectRow] = [:]
        while try batches.step() {
            let isWhole = unsafe batches.withBytes(0) { bytes -> Bool in
                guard bytes.count.isMultiple(of: width) else { return false }
                for start in stride(from: 0, to: bytes.count, by: width) {
                    let subject = unsafe RecordIdentifier(
                        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)))
                    newest[subject] = unsafe SubjectRow(
                        subject, stored: UnsafeRawBufferPointer(rebasing: bytes[start + 16..<start + width]))
                }
                return true
            }
            guard isWhole else {
                throw StoreError(.damaged, "a row of the table record_change is damaged; restore from a copy")
            }
        }
        return newest.values.sorted { $0.subject < $1.subject }
    }
}
