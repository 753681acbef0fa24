import GRDB

/// A value of a warehouse's table.
public enum WarehouseValue: Sendable, Equatable, CustomStringConvertible {
    /// No value.
    case null
    /// A whole number.
    case integer(Int64)
    /// A number.
    case real(Double)
    /// A text.
    case text(String)

    /// A text, or none.
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    /// A whole number, or none.
    public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
    /// A number, or none.
    public init(_ number: Double?) { self = number.map { .real($0) } ?? .null }

    /// As people read it: texts in quotes.
    public var description: String {
        switch self {
        case .null: "nothing"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): "\"\(text)\""
        }
    }
}

/// A row of a warehouse's table, by column.
public typealias WarehouseColumns = [String: WarehouseValue]

/// All that a warehouse holds of a record.
public struct ScannedRecord: Sendable, Equatable {
    /// The record, as the table names it.
    public var record: String
    /// Its revisions, oldest first.
    public var revisions: [Revision]
    /// The revision that was withdrawn; nil for none.
    public var withdrawnIn: Int64?

    /// A revision with the rows beside it.
    public struct Revision: Sendable, Equatable {
        /// The row of `visit`.
        public var columns: WarehouseColumns
        /// The rows beside it by table, in the order of their places.
        public var lines: [String: [WarehouseColumns]]

        /// Takes both.
        public init(columns: WarehouseColumns, lines: [String: [WarehouseColumns]]) {
            self.columns = columns
            self.lines = lines
        }
    }

    /// Takes all fields.
    public init(record: String, revisions: [Revision], withdrawnIn: Int64?) {
        self.record = record
        self.revisions = revisions
        self.withdrawnIn = withdrawnIn
    }
}

/// The current visits of a person, with the row of the table `person`.
public struct ScannedPerson: Sendable, Equatable {
    /// The person's number as the tables have it.
    public var citizen: String
    /// Rows of `visit`, by when they were shared and record.
    public var visits: [WarehouseColumns]
    /// The row of `person`; nil where there is none.
    public var row: WarehouseColumns?
}

extension WarehouseFile {
    /// Tables of rows beside a visit, and what their rows are ordered by.
    public static let lineTables = [
        (name: "diagnosis", place: "place"), (name: "drug", place: "line"), (name: "service", place: "line"),
        (name: "result", place: "line"), (name: "vaccination", place: "visit_id"),
        (name: "health_check", place: "visit_id"),
    ]

    /// Goes over all records by identifier, one at a time, as of one moment.
    /// - Throws: `StoreError`; what the body throws.
    public func forEachRecord(_ body: (ScannedRecord) throws -> Void) throws {
        try read { database in
            let lines = try Self.lineTables.map {
                (
                    $0.name,
                    try database.cachedStatement(
                        sql: "SELECT * FROM \($0.name) WHERE visit_id = ? ORDER BY \($0.place)")
                )
            }
            let withdrawal = try database.cachedStatement(sql: "SELECT revision FROM withdrawal WHERE record = ?")
            var current: ScannedRecord?
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM visit ORDER BY record, revision")
            while let row = try rows.next() {
                let record: String = row["record"]
                if current?.record != record {
                    if let current { try body(current) }
                    current = ScannedRecord(
                        record: record, revisions: [],
                        withdrawnIn: try Int64.fetchOne(withdrawal, arguments: [record]))
                }
                let visit: Int64 = row["visit_id"]
                var beside: [String: [WarehouseColumns]] = [:]
                for (table, statement) in lines {
                    beside[table] = try Row.fetchAll(statement, arguments: [visit]).map(Self.columns)
                }
                current?.revisions.append(ScannedRecord.Revision(columns: Self.columns(row), lines: beside))
            }
            if let current { try body(current) }
        }
    }

    /// Goes over all people with current visits by number, one at a time, as of one moment.
    /// - Throws: `StoreError`; what the body throws.
    public func forEachPerson(_ body: (ScannedPerson) throws -> Void) throws {
        try read { database in
            let person = try database.cachedStatement(sql: "SELECT * FROM person WHERE citizen = ?")
            var current: ScannedPerson?
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT citizen, record, name, birth_date, sex, province, ward, facility, kind,
                      \(WarehouseSchema.what) AS what, admitted, discharged, overlaps, duplicate_of FROM visit
                      WHERE standing = 'current' ORDER BY citizen, shared_at, record
                    """)
            while let row = try rows.next() {
                let citizen: String = row["citizen"]
                if current?.citizen != citizen {
                    if let current { try body(current) }
                    current = ScannedPerson(
                        citizen: citizen, visits: [],
                        row: try Row.fetchOne(person, arguments: [citizen]).map(Self.columns))
                }
                current?.visits.append(Self.columns(row))
            }
            if let current { try body(current) }
        }
    }

    /// Rows that hang on no visit, by table; tables without any are left out. Of `withdrawal` those of records of which
    /// there is no revision.
    /// - Throws: `StoreError`.
    public func strayRows() throws -> [String: Int64] {
        try read { database in
            var conditions = Self.lineTables.map { ($0.name, "visit_id NOT IN (SELECT visit_id FROM visit)") }
            conditions += [
                ("person", "citizen NOT IN (SELECT citizen FROM visit WHERE standing = 'current')"),
                ("withdrawal", "record NOT IN (SELECT record FROM visit)"),
                ("facility", "(province, code) NOT IN (SELECT province, facility FROM visit)"),
            ]
            var counts: [String: Int64] = [:]
            for (table, condition) in conditions {
                let count = try Int64.fetchOne(database, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0
                if count > 0 { counts[table] = count }
            }
            let silent = try Int64.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM (SELECT DISTINCT province, facility FROM visit
                      EXCEPT SELECT province, code FROM facility)
                    """)
            if let silent, silent > 0 { counts["facility (missing)"] = silent }
            return counts
        }
    }

    private static func columns(_ row: Row) -> WarehouseColumns {
        var columns: WarehouseColumns = [:]
        for (name, value) in row {
            columns[name] =
                switch value.storage {
                case .null, .blob: .null
                case .int64(let number): .integer(number)
                case .double(let number): .real(number)
                case .string(let text): .text(text)
                }
        }
        return columns
    }
}
