import ExchangeSchema
import GRDB
import GRDBSQLite
import PartyCore

/// The table `record`: one row a record, 40 bytes of state and 24 that bind them to the journal under a 16-byte key
/// (`SubjectRow`).
final class RecordTable {
    private let select: Statement
    private let upsert: Statement
    private let all: Statement

    /// - Parameter name: Of the table, or of another of its shape.
    init(_ connection: OpaquePointer, name: String = "record") throws(StoreError) {
        select = try unsafe Statement(connection, "SELECT words FROM \(name) WHERE id = ?1")
        upsert = try unsafe Statement(
            connection,
            """
            INSERT INTO \(name) (id, phase, words) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, words = excluded.words
            """)
        all = try unsafe Statement(connection, "SELECT id, words FROM \(name)")
    }

    func finalize() {
        select.finalize()
        upsert.finalize()
        all.finalize()
    }

    func row(_ identifier: RecordIdentifier) throws(StoreError) -> SubjectRow? { try Self.row(identifier, by: select) }

    /// A row, for whoever only reads.
    static func row(_ identifier: RecordIdentifier, _ connection: OpaquePointer) throws(StoreError) -> SubjectRow? {
        let select = try unsafe Statement(connection, "SELECT words FROM record WHERE id = ?1")
        defer { select.finalize() }
        return try row(identifier, by: select)
    }

    private static func row(_ identifier: RecordIdentifier, by select: Statement) throws(StoreError) -> SubjectRow? {
        var key = (identifier.high.bigEndian, identifier.low.bigEndian)
        // The row is read before the key goes out of scope, so SQLite may borrow it.
        return try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) -> SubjectRow? in
            try unsafe select.bind(borrowed: key, at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            let row = unsafe select.withBytes(0) { unsafe SubjectRow(identifier, stored: $0) }
            guard let row else {
                throw StoreError(.damaged, "the state of record \(identifier) is damaged; restore from a copy")
            }
            return row
        }
    }

    func set(_ row: SubjectRow) throws(StoreError) {
        var key = (row.subject.high.bigEndian, row.subject.low.bigEndian)
        try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) in
            try unsafe row.withStored { stored throws(StoreError) in
                try unsafe upsert.bind(borrowed: key, at: 1)
                try upsert.bind(Int64(row.words.phaseByte), at: 2)
                try unsafe upsert.bind(borrowed: stored, at: 3)
                try upsert.run()
            }
        }
    }

    /// Goes over all records for those whose fifth word is one of these values.
    func identifiers(withFifthWord values: Set<UInt64>) throws(StoreError) -> [RecordIdentifier] {
        var found: [RecordIdentifier] = []
        defer { all.reset() }
        while try all.step() {
            let fifth = unsafe all.withBytes(1) { bytes in
                unsafe bytes.count == SubjectRow.width
                    ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)) : nil
            }
            guard let fifth, values.contains(fifth) else { continue }
            let identifier = unsafe all.withBytes(0) { bytes -> RecordIdentifier? in
                guard bytes.count == 16 else { return nil }
                return unsafe RecordIdentifier(
                    high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
            if let identifier { found.append(identifier) }
        }
        return found
    }

    /// Records by phase.
    static func countByPhase(_ database: Database) throws -> [RecordPhase: Int64] {
        var counts: [RecordPhase: Int64] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT phase, count(*) FROM record GROUP BY phase") {
            let stored: Int64 = try row.stored(0)
            guard let phase = UInt8(exactly: stored).flatMap(RecordPhase.init(rawValue:)) else {
                throw StoreError(.damaged, "records have the unknown phase \(stored); restore from a copy")
            }
            counts[phase] = try row.stored(1)
        }
        return counts
    }
}
