import ExchangeSchema
import GRDBSQLite
import PartyCore

/// The table `kept`: what a party keeps for later, as a queue that grows at its end and is emptied anywhere.
final class KeptTable {
    private let insert: Statement
    private let select: Statement
    private let delete: Statement
    private let oldest: Statement
    private let one: Statement
    private let ofRecord: Statement

    init(_ connection: OpaquePointer) throws(StoreError) {
        insert = try unsafe Statement(
            connection, "INSERT INTO kept (position, record, since, bytes, origin) VALUES (?1, ?2, ?3, ?4, ?5)")
        select = try unsafe Statement(connection, "SELECT bytes FROM kept WHERE position = ?1")
        delete = try unsafe Statement(connection, "DELETE FROM kept WHERE position = ?1")
        oldest = try unsafe Statement(
            connection,
            "SELECT position, record, since, bytes, origin FROM kept WHERE position > ?1 ORDER BY position LIMIT ?2")
        one = try unsafe Statement(
            connection, "SELECT position, record, since, bytes, origin FROM kept WHERE position = ?1")
        ofRecord = try unsafe Statement(
            connection, "SELECT position, record, since, bytes, origin FROM kept WHERE record = ?1")
    }

    func finalize() {
        for statement in [insert, select, delete, oldest, one, ofRecord] { statement.finalize() }
    }

    func insert(_ entry: KeptEntry) throws {
        var key = (entry.record.high.bigEndian, entry.record.low.bigEndian)
        try unsafe withUnsafeBytes(of: &key) { (key: UnsafeRawBufferPointer) throws -> Void in
            try unsafe entry.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws -> Void in
                try insert.bind(entry.position, at: 1)
                try unsafe insert.bind(borrowed: key, at: 2)
                try insert.bind(entry.since, at: 3)
                try unsafe insert.bind(borrowed: bytes, at: 4)
                try unsafe (entry.origin?.stored ?? []).withUnsafeBytes {
                    (origin: UnsafeRawBufferPointer) throws -> Void in
                    try unsafe insert.bind(borrowed: origin, at: 5)
                    try insert.run()
                }
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
        while try oldest.step() { entries.append(try Self.entry(oldest)) }
        return entries
    }

    /// The entry at a position; nil when there is none.
    func entry(at position: Int64) throws(StoreError) -> KeptEntry? {
        try one.bind(position, at: 1)
        defer { one.reset() }
        return try one.step() ? Self.entry(one) : nil
    }

    /// All that is kept for a record. Goes over the whole table: for what is rare.
    func entries(of record: RecordIdentifier) throws(StoreError) -> [KeptEntry] {
        var key = (record.high.bigEndian, record.low.bigEndian)
        return try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) in
            try unsafe ofRecord.bind(borrowed: key, at: 1)
            defer { ofRecord.reset() }
            var entries: [KeptEntry] = []
            while try ofRecord.step() { entries.append(try Self.entry(ofRecord)) }
            return entries
        }
    }

    private static func entry(_ row: Statement) throws(StoreError) -> KeptEntry {
        guard let record = row.record(1) else {
            throw StoreError(.damaged, "a kept entry has a damaged record identifier; restore from a copy")
        }
        return unsafe KeptEntry(
            position: row.integer(0), record: record, since: row.integer(2),
            bytes: row.withBytes(3) { unsafe Array($0) }, origin: row.withBytes(4) { unsafe KeptOrigin(stored: $0) })
    }
}

extension KeptOrigin {
    /// Type and salt, 17 bytes.
    fileprivate var stored: [UInt8] {
        var bytes = [type]
        unsafe withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian)) { unsafe bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Reads the stored form; nil for anything else.
    fileprivate init?(stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 17 else { return nil }
        unsafe self.init(
            type: bytes[0],
            salt: PayloadSalt(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 9, as: UInt64.self))))
    }
}
