import ExchangeSchema
import GRDB
import PartyCore

/// Writes VSS's register: cards and whose they are; nothing of residence, moves or death.
struct InsuredWriter {
    static let schema = """
        CREATE TABLE insured (
          number INTEGER PRIMARY KEY, citizen INTEGER, subject TEXT NOT NULL, level INTEGER NOT NULL,
          issuing TEXT NOT NULL, name TEXT NOT NULL, birth INTEGER NOT NULL, validFrom INTEGER NOT NULL,
          validTo INTEGER NOT NULL, facility INTEGER, event TEXT, since INTEGER, line INTEGER NOT NULL);
        """

    /// Made when all rows are there: sorting them once takes less than finding the place of each. Two rows of one citizen
    /// are reported by the population register, so that this is not reached.
    static let index = "CREATE UNIQUE INDEX insured_citizen ON insured (citizen)"

    private let database: Database
    private let statement: Statement

    init(_ database: Database) throws {
        self.database = database
        statement = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO insured VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// Adds somebody with a card.
    /// - Returns: What is wrong: a card that stands in another row already.
    func add(
        _ entry: PersonEntry, _ insurance: InsuranceEntry, _ row: RegisterRow<PeopleColumn>, file: String
    ) throws -> [RowProblem] {
        let key = Int64(insurance.number.number)
        try statement.execute(arguments: [
            key, entry.citizenNumber.map { Int64($0.number) }, insurance.subject, Int64(insurance.benefitLevel),
            insurance.issuingProvince, entry.fullName, Int64(entry.birthDate.number),
            Int64(insurance.validFrom.number), Int64(insurance.validTo.number),
            insurance.registeredFacility.map { Int64($0.number) }, insurance.standing?.event.rawValue,
            insurance.standing.map { Int64($0.since.number) }, Int64(row.line),
        ])
        if database.changesCount > 0 { return [] }
        guard
            let first = try Int.fetchOne(database, sql: "SELECT line FROM insured WHERE number = ?", arguments: [key])
        else { return [] }
        return [PopulationWriter.twice(.card, row[.card], first, row, file)]
    }
}
