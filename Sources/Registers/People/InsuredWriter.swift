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
    /// are reported by the population register, and then it is not made.
    static let index = "CREATE UNIQUE INDEX insured_citizen ON insured (citizen)"

    private let database: Database
    private let insertion: RowInsertion

    init(_ database: Database) throws {
        self.database = database
        insertion = try RowInsertion(
            database, "INSERT OR IGNORE INTO insured VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// Adds somebody with a card.
    /// - Parameter line: Of the file.
    /// - Returns: What is wrong: a card that stands in another row already.
    func add(_ entry: PersonEntry, _ insurance: InsuranceEntry, line: Int, file: String) throws -> [RowProblem] {
        let key = Int64(insurance.number.number)
        insertion.add(key)
        insertion.add(entry.citizenNumber.map { Int64($0.number) })
        insertion.add(insurance.subject)
        insertion.add(Int64(insurance.benefitLevel))
        insertion.add(insurance.issuingProvince)
        insertion.add(entry.fullName)
        insertion.add(entry.birthDate)
        insertion.add(insurance.validFrom)
        insertion.add(insurance.validTo)
        insertion.add(insurance.registeredFacility.map { Int64($0.number) })
        if let standing = insurance.standing {
            insertion.add(standing.event.rawValue)
            insertion.add(standing.since)
        } else {
            insertion.add(nil as Int64?)
            insertion.add(nil as Int64?)
        }
        insertion.add(Int64(line))
        if try insertion.run() { return [] }
        guard
            let first = try Int.fetchOne(database, sql: "SELECT line FROM insured WHERE number = ?", arguments: [key])
        else { return [] }
        return [PopulationWriter.twice(.card, insurance.written, first, line, file)]
    }
}
