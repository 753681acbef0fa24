import ExchangeSchema
import GRDB
import PartyCore

/// The table `chain`: of whatever leaves are about that is no record here, such as a person or a request, what binds it to the
/// journal. Small: a record has it in its own row.
final class ChainTable {
    private let select: Statement
    private let upsert: Statement
    private let delete: Statement
    /// Whether there may be a row; where there is none, nothing is looked up.
    private(set) var isUsed: Bool

    init(_ connection: OpaquePointer) throws(StoreError) {
        select = try unsafe Statement(connection, "SELECT row FROM chain WHERE id = ?1")
        upsert = try unsafe Statement(
            connection, "INSERT INTO chain (id, row) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET row = excluded.row")
        delete = try unsafe Statement(connection, "DELETE FROM chain WHERE id = ?1")
        let any = try unsafe Statement(connection, "SELECT 1 FROM chain LIMIT 1")
        isUsed = try any.step()
        any.finalize()
    }

    func finalize() { for statement in [select, upsert, delete] { statement.finalize() } }

    func row(_ subject: RecordIdentifier) throws(StoreError) -> SubjectRow? {
        guard isUsed else { return nil }
        var key = (subject.high.bigEndian, subject.low.bigEndian)
        return try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) -> SubjectRow? in
            try unsafe select.bind(borrowed: key, at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            guard let row = unsafe select.withBytes(0, { unsafe SubjectRow(subject, stored: $0) }) else {
                throw StoreError(.damaged, "the row of \(subject) in the table chain is damaged; restore from a copy")
            }
            return row
        }
    }

    func set(_ row: SubjectRow) throws(StoreError) {
        isUsed = true
        var key = (row.subject.high.bigEndian, row.subject.low.bigEndian)
        try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) in
            try unsafe row.withStored { stored throws(StoreError) in
                try unsafe upsert.bind(borrowed: key, at: 1)
                try unsafe upsert.bind(borrowed: stored, at: 2)
                try upsert.run()
            }
        }
    }

    func remove(_ subject: RecordIdentifier) throws(StoreError) {
        var key = (subject.high.bigEndian, subject.low.bigEndian)
        try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) in
            try unsafe delete.bind(borrowed: key, at: 1)
            try delete.run()
        }
    }
}
