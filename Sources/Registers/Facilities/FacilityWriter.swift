import ExchangeSchema
import GRDB
import PartyCore

/// Writes MoH's register of facilities and their practitioners.
struct FacilityWriter {
    static let schema = """
        CREATE TABLE facility (
          code INTEGER PRIMARY KEY, identifier TEXT UNIQUE, name TEXT NOT NULL, province INTEGER NOT NULL,
          kind TEXT NOT NULL, connected INTEGER NOT NULL, electronicRecords INTEGER NOT NULL,
          specialties TEXT NOT NULL, namesPractitioners INTEGER NOT NULL, line INTEGER NOT NULL);
        CREATE TABLE practitioner (
          facility INTEGER NOT NULL, certificate TEXT NOT NULL, PRIMARY KEY (facility, certificate)) WITHOUT ROWID;
        """

    private let database: Database
    private let facility: Statement
    private let practitioner: Statement

    init(_ database: Database) throws {
        self.database = database
        facility = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO facility VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        practitioner = try database.makeStatement(sql: "INSERT OR IGNORE INTO practitioner VALUES (?, ?)")
    }

    /// Adds a facility.
    /// - Returns: What is wrong: a code or an identifier that stands in another row already.
    func add(
        _ entry: FacilityEntry, _ row: RegisterRow<FacilityColumn>, file: String
    ) throws -> [RowProblem] {
        let own = entry.facility
        let code = Int64(own.code.number)
        try facility.execute(arguments: [
            code, own.identifier, entry.name, Int64(own.province.number), own.kind.rawValue, own.isConnected,
            own.hasElectronicRecords, entry.specialties.joined(separator: ";"), own.namesPractitioners,
            Int64(row.line),
        ])
        if database.changesCount == 0 {
            let sameCode = try Int.fetchOne(
                database, sql: "SELECT line FROM facility WHERE code = ?", arguments: [code])
            let first =
                try sameCode
                ?? Int.fetchOne(
                    database, sql: "SELECT line FROM facility WHERE identifier = ?", arguments: [own.identifier])
            let column = sameCode == nil ? FacilityColumn.identifier : .code
            return [
                RowProblem(
                    file: file, line: row.line, column: column.name, value: row[column],
                    rule: "stands in line \(first ?? row.line) already; it is one facility's")
            ]
        }
        for certificate in entry.practitioners { try practitioner.execute(arguments: [code, certificate]) }
        return []
    }
}
