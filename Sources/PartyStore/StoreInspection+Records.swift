public import ExchangeSchema
import GRDB
public import PartyCore

extension StoreInspection {
    /// Hands each record's identifier and stored state to the body, in the order of the table. Holds one row at a time.
    /// - Throws: What the body throws; ``StoreError`` `damaged` when a row is not one.
    public func forEachRecord(_ body: (RecordIdentifier, RecordWords) throws -> Void) throws {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            let rows = try unsafe Statement(connection, "SELECT id, words FROM record ORDER BY id")
            while try rows.step() {
                let words = unsafe rows.withBytes(1) { bytes in
                    unsafe bytes.count == SubjectRow.width
                        ? RecordWords(stored: UnsafeRawBufferPointer(rebasing: bytes[..<40])) : nil
                }
                guard let identifier = rows.record(0), let words else {
                    throw StoreError(.damaged, "the records of \(party) are damaged; restore from a copy")
                }
                try body(identifier, words)
            }
        }
    }

    /// Hands what is stored of each subject to the body, as it lies there: records first, then what else leaves are about.
    /// Holds one row at a time.
    /// - Throws: What the body throws; ``StoreError`` `damaged` when a row has no identifier.
    public func forEachSubject(
        _ body: (_ subject: RecordIdentifier, _ isRecord: Bool, _ row: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            for (table, column, isRecord) in [("record", "words", true), ("chain", "row", false)] {
                guard try database.tableExists(table) else { continue }
                let rows = try unsafe Statement(connection, "SELECT id, \(column) FROM \(table) ORDER BY id")
                while try rows.step() {
                    guard let subject = rows.record(0) else {
                        throw StoreError(.damaged, "the table \(table) of \(party) has a damaged identifier")
                    }
                    let bytes = unsafe rows.withBytes(1) { unsafe Array($0) }
                    try unsafe bytes.withUnsafeBytes { try unsafe body(subject, isRecord, $0) }
                }
            }
        }
    }

    /// Hands all that is kept to the body, oldest first.
    /// - Throws: What the body throws; ``StoreError`` `damaged` when a row has no identifier.
    public func forEachKept(_ body: (KeptEntry) throws -> Void) throws {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            let table = try unsafe KeptTable(connection)
            defer { table.finalize() }
            var position = Int64.min
            while true {
                let entries = try table.entries(after: position, limit: 1_000)
                guard let last = entries.last else { return }
                for entry in entries { try body(entry) }
                position = last.position
            }
        }
    }
}

/// What a party remembers beside its records.
extension StoreInspection {
    /// What it has noted about something; nil for nothing.
    /// - Throws: ``StoreError`` `damaged` when the note is none.
    public func note(_ subject: RecordIdentifier) throws -> RecordWords? {
        try view.read { database in
            // A store of before it had notes has no table for them.
            guard try database.tableExists("note"), let connection = unsafe database.sqliteConnection else {
                return nil
            }
            let table = try unsafe NoteTable(connection)
            defer { table.finalize() }
            return try table.words(subject)
        }
    }

    /// What it keeps at a position; nil when that was dropped.
    public func kept(at position: Int64) throws -> [UInt8]? {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return nil }
            let table = try unsafe KeptTable(connection)
            defer { table.finalize() }
            return try table.bytes(at: position)
        }
    }
}

extension RecordWords {
    /// Reads the 40 bytes of a row; nil when they are not 40.
    init?(stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 40 else { return nil }
        func word(_ index: Int) -> UInt64 {
            unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        self.init(word(0), word(1), word(2), word(3), word(4))
    }
}
