import Foundation
import GRDB
public import PartyCore
public import TransparencyLog

/// What an auditor reads of a party's journal.
extension StoreInspection {
    /// Hands each row of the journal to the body, by its first number: that number, how many leaves the row says it has,
    /// and its bytes, whatever they are. Holds one row at a time.
    /// - Parameter number: Rows that begin below it are left out.
    /// - Throws: What the body throws; ``StoreError`` when the database is damaged.
    public func forEachJournalRow(
        from number: Int64 = .min,
        _ body: (_ first: Int64, _ count: Int64, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            let rows = try unsafe Statement(
                connection, "SELECT first, count, leaves FROM journal WHERE first >= ? ORDER BY first")
            try rows.bind(number, at: 1)
            while try rows.step() {
                let (first, count) = (rows.integer(0), rows.integer(1))
                try unsafe rows.withBytes(2) { bytes in Result { try unsafe body(first, count, bytes) } }.get()
            }
        }
    }

    /// A leaf of the journal; nil when there is none of this number, or its bytes are none.
    public func leaf(_ number: Int64) throws -> JournalLeaf? {
        try view.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT first, leaves FROM journal WHERE first <= ? ORDER BY first DESC LIMIT 1",
                arguments: [number])
            guard let row else { return nil }
            let (first, leaves): (Int64, Data) = (try row.stored(0), try row.stored(1))
            let (start, overflows) = Int(clamping: number - first).multipliedReportingOverflow(by: JournalLeaf.width)
            guard !overflows, start <= leaves.count - JournalLeaf.width else { return nil }
            return JournalLeaf(stored: Array(leaves)[start..<start + JournalLeaf.width])
        }
    }

    /// The signed checkpoints under the sizes they are stored for, smallest first; empty for a directory without.
    /// - Parameter size: Only those of more leaves.
    public func checkpoints(after size: Int64 = -1) throws -> [(size: Int64, note: [UInt8])] {
        try view.read { database in
            guard try database.tableExists("checkpoint") else { return [] }
            let sql = "SELECT size, note FROM checkpoint WHERE size > ? ORDER BY size"
            return try Row.fetchAll(database, sql: sql, arguments: [size]).map { row in
                let note: Data = try row.stored(1)
                return (try row.stored(0), Array(note))
            }
        }
    }

    /// The right edge of the journal's tree; nil when none is kept.
    /// - Throws: ``StoreError`` when it is none.
    public func frontier() throws -> TreeFrontier? { try view.read { try StoredTree.frontier($0) } }

    /// A chunk that waits in the outbox; nil when its bytes are damaged or it is gone.
    public func outboxChunk(_ number: Int64) throws -> OutboxChunk? {
        try view.read { database in
            let bytes = try Data.fetchOne(
                database, sql: "SELECT chunk FROM outbox WHERE number = ?", arguments: [number])
            return bytes.flatMap { OutboxChunk(number: number, stored: Array($0)) }
        }
    }
}
