import ExchangeSchema
import GRDBSQLite
import PartyCore

/// The table `kept`: what a party keeps for later, as a queue that grows at its end and is emptied anywhere.
final class KeptTable {
    private let insert: Statement
    private let select: Statement
    private let delete: Statement
    private let oldest: Statement

    init(_ connection: OpaquePointer) throws(StoreError) {
        insert = try unsafe Statement(
            connection, "INSERT INTO kept (position, record, since, bytes) VALUES (?1, ?2, ?3, ?4)")
        select = try unsafe Statement(connection, "SELECT bytes FROM kept WHERE position = ?1")
        delete = try unsafe Statement(connection, "DELETE FROM kept WHERE position = ?1")
        oldest = try unsafe Statement(
            connection,
            "SELECT position, record, since, bytes FROM kept WHERE position > ?1 ORDER BY position LIMIT ?2")
    }

    func finalize() {
        for statement in [insert, select, delete, oldest] { statement.finalize() }
    }

    func insert(_ entry: KeptEntry) throws {
        var key = (entry.record.high.bigEndian, entry.record.low.bigEndian)
        try unsafe withUnsafeBytes(of: &key) { (key: UnsafeRawBufferPointer) throws -> Void in
            try unsafe entry.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws -> Void in
                try insert.bind(entry.position, at: 1)
                try unsafe insert.bind(borrowed: key, at: 2)
                try insert.bind(entry.since, at: 3)
                try unsafe insert.bind(borrowed: bytes, at: 4)
                try insert.run()
            }
        }
    }

    func bytes(at position: Int64) throws(StoreError) -> [UInt8]? {
        try select.bind(position, at: 1)
        defer { select.reset() }
        return try unsafe select.step() ? select.withBytes(0) { unsafe Array($0) } : nil
    }

    func delete(_ position: Int64) throws(StoreError) {
        try delete.bind(position, at: 1)
        try delete.run()
    }

    func entries(after position: Int64, limit: Int) throws(StoreError) -> [KeptEntry] {
        try oldest.bind(position, at: 1)
        try oldest.bind(Int64(limit), at: 2)
        defer { oldest.reset() }
        var entries: [KeptEntry] = []
        while try oldest.step() {
            guard let record = oldest.record(1) else {
                throw StoreError(.damaged, "a kept entry has a damaged record identifier; restore from a copy")
            }
            unsafe entries.append(
                KeptEntry(
                    position: oldest.integer(0), record: record, since: oldest.integer(2),
                    bytes: oldest.withBytes(3) { unsafe Array($0) }))
        }
        return entries
    }
}
