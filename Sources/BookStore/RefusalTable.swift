import ExchangeSchema
import Foundation
import PartyCore
public import PartyStore

/// What a party has returned to facilities: a row for each refusal, in the party's own database. It names no person: record,
/// facility, code, who refused, and when.
///
/// A correction goes to its facility and is kept by nobody else; MoH's ledger has sums by code. So whoever returns records
/// (MoH, and VSS where facilities send to it) notes here what a report by facility is made of. A record that passes costs
/// nothing.
public enum RefusalTable {
    static let tables = """
        CREATE TABLE IF NOT EXISTS refusal (position INTEGER PRIMARY KEY, record BLOB NOT NULL, revision INTEGER NOT NULL,
            facility TEXT NOT NULL, code TEXT NOT NULL, party INTEGER NOT NULL, time INTEGER NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS refusal_record ON refusal (record);
        """

    /// How VSS keeps them. MoH keeps them beside its books.
    public static let plan = ReadModelPlan(.database) { try RefusalWriter($0) }
}

/// Writes the rows.
final class RefusalRows {
    private let insert: Statement

    init(_ connection: StoreConnection) throws {
        try connection.execute(RefusalTable.tables)
        insert = try connection.statement(
            "INSERT INTO refusal (record, revision, facility, code, party, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    }

    func write(_ change: ReadModelChange, _ content: ArraySlice<UInt8>) throws {
        guard let correction = try? Correction(decoding: Array(content)) else { return }
        var record = (change.record.high.bigEndian, change.record.low.bigEndian)
        try withUnsafeBytes(of: &record) { record throws -> Void in
            try insert.bind(borrowed: record, at: 1)
            try insert.bind(Int64(change.revision), at: 2)
            try insert.bind(text: correction.facilityCode, at: 3)
            try insert.bind(text: correction.code, at: 4)
            try insert.bind(Int64(correction.refusedBy.rawValue), at: 5)
            try insert.bind(change.time, at: 6)
            try insert.run()
        }
    }

    func finalize() { insert.finalize() }
}

/// Keeps refusals and nothing else.
private final class RefusalWriter: ReadModelWriter {
    private let rows: RefusalRows

    init(_ connection: StoreConnection) throws { rows = try RefusalRows(connection) }

    func apply(_ changes: ReadModelChanges) throws {
        for change in changes.changes where change.kind == .refusal {
            try rows.write(change, changes.content(of: change))
        }
    }

    func finalize() { rows.finalize() }
}
