public import ExchangeSchema
import GRDB
public import PartyCore

/// VSS's register of insured people of one's own.
public struct InsuranceRegister: InsuranceRegistry {
    private let queue: DatabaseQueue

    /// - Parameter path: ``RegisterFiles/insured``.
    /// - Throws: SQLite's error when it cannot be opened.
    public init(_ path: String) throws {
        queue = try RegisterDatabase.open(path)
    }

    /// The insured person with this social-insurance number; nil when the file has none.
    /// - Throws: SQLite's error when the register cannot be read.
    public func insured(socialInsuranceNumber: SocialInsuranceNumber) throws -> InsuredPerson? {
        try find(by: "number", Int64(socialInsuranceNumber.number))
    }

    /// The insured person with this citizen number in force; nil when the file has none.
    /// - Throws: SQLite's error when the register cannot be read.
    public func insured(citizenNumber: CitizenNumber) throws -> InsuredPerson? {
        try find(by: "citizen", Int64(citizenNumber.number))
    }

    /// Hands the citizen number of each holder of a card issued in a province to the body, by the number of the card; nil
    /// for a holder of whom the file has none. Where people live, VSS is not told. The body must not ask this register.
    /// - Throws: What the body throws; SQLite's error when the register cannot be read.
    public func forEachCardholder(
        issuedIn province: Province, _ body: (CitizenNumber?) throws -> Void
    ) throws {
        try queue.lookUp { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT citizen, issuing FROM insured ORDER BY number")
            while let row = try rows.next() {
                guard FormerProvince(twoDigits: row[1])?.province == province else { continue }
                try body((row[0] as Int64?).flatMap { CitizenNumber(number: UInt64($0)) })
            }
        }
    }

    private func find(by column: String, _ value: Int64) throws -> InsuredPerson? {
        try queue.lookUp { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT number, subject, level, issuing, name, birth, validFrom, validTo, facility, event, since
                    FROM insured
                    WHERE \(column) = ?
                    """)
            guard let row = try Row.fetchOne(statement, arguments: [value]) else { return nil }
            guard let number = SocialInsuranceNumber(number: UInt64(row[0] as Int64)),
                let birth = CivilDate(number: row[5]), let from = CivilDate(number: row[6]),
                let to = CivilDate(number: row[7])
            else { throw DamagedRegister(number: value) }
            let facility = (row[8] as Int64?).flatMap { FacilityCode(number: UInt32($0)) }
            let event = (row[9] as String?).flatMap(CardStanding.Event.init(rawValue:))
            let since = (row[10] as Int?).flatMap(CivilDate.init(number:))
            return InsuredPerson(
                socialInsuranceNumber: number, subjectCode: row[1], benefitLevel: row[2], issuingProvince: row[3],
                fullName: row[4], birthDate: birth, validFrom: from, validTo: to,
                standing: event.flatMap { event in since.map { CardStanding(event, since: $0) } },
                registeredFacility: facility)
        }
    }
}
