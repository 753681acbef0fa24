public import ExchangeSchema
import GRDB
public import PartyCore

/// C06's register of people of one's own.
public struct PopulationRegister: PopulationRegistry {
    private let queue: DatabaseQueue

    /// - Parameter path: ``RegisterFiles/population``.
    /// - Throws: SQLite's error when it cannot be opened.
    public init(_ path: String) throws {
        queue = try RegisterDatabase.open(path)
    }

    /// The person with this 12-digit number, in force or superseded; nil when the file has no such number.
    /// - Throws: SQLite's error when the register cannot be read.
    public func person(citizenNumber: CitizenNumber) throws -> RegisteredPerson? {
        try queue.lookUp { database in
            if let found = try Self.find(Int64(citizenNumber.number), in: database) { return found }
            guard let holder = try Self.holder(of: citizenNumber.description, in: database) else { return nil }
            var found = try Self.find(holder.person, in: database)
            found?.isSuperseded = true
            found?.numberSince = holder.until
            return found
        }
    }

    /// The person with this 9-digit number of the old identity card; nil when the file has no such number.
    /// - Throws: SQLite's error when the register cannot be read.
    public func person(oldIdentityNumber: String) throws -> RegisteredPerson? {
        try queue.lookUp { database in
            try Self.holder(of: oldIdentityNumber, in: database).flatMap { try Self.find($0.person, in: database) }
        }
    }

    /// Whether two people of the file had this number.
    /// - Throws: SQLite's error when the register cannot be read.
    public func isOfSeveralPeople(oldIdentityNumber: String) throws -> Bool {
        try queue.lookUp { database in
            let statement = try database.cachedStatement(sql: "SELECT count(*) FROM earlier WHERE number = ?")
            return try Int.fetchOne(statement, arguments: [oldIdentityNumber]) ?? 0 > 1
        }
    }

    private static func holder(of number: String, in database: Database) throws -> (person: Int64, until: CivilDate?)? {
        let statement = try database.cachedStatement(sql: "SELECT person, until FROM earlier WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map { row in
            (row[0], (row[1] as Int?).flatMap(CivilDate.init(number:)))
        }
    }

    private static func find(_ number: Int64, in database: Database) throws -> RegisteredPerson? {
        let statement = try database.cachedStatement(
            sql: "SELECT name, birth, province, died, moved, former, missing FROM person WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map { try person(number, $0) }
    }

    /// - Parameter row: name, birth, province, died, moved, former, missing.
    private static func person(_ number: Int64, _ row: Row) throws -> RegisteredPerson {
        guard let citizenNumber = CitizenNumber(number: UInt64(number)),
            let birth = CivilDate(number: row[1]), let province = Province(number: row[2])
        else { throw DamagedRegister(number: number) }
        var person = RegisteredPerson(
            citizenNumber: citizenNumber, fullName: row[0], birthDate: birth, residentProvince: province)
        person.death = (row[3] as Int64?).flatMap(CivilMoment.init(stored:))
        person.movedOn = (row[4] as Int?).flatMap(CivilDate.init(number:))
        person.formerProvince = (row[5] as Int?).flatMap(Province.init(number:))
        person.missingSince = (row[6] as Int?).flatMap(CivilDate.init(number:))
        return person
    }
}

extension PopulationRegister: ResidentRegistry {
    /// Those of the file who live there, by number. The body must not ask this register.
    /// - Throws: What the body throws; SQLite's error when the register cannot be read.
    public func forEachPossibleResident(
        of province: Province, _ body: (RegisteredPerson) throws -> Void
    ) throws {
        try queue.lookUp { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT name, birth, province, died, moved, former, missing, number FROM person WHERE province = ?
                    ORDER BY number
                    """, arguments: [Int64(province.number)])
            while let row = try rows.next() { try body(Self.person(row[7], row)) }
        }
    }
}

/// A row of a register that no import wrote.
struct DamagedRegister: Error, CustomStringConvertible {
    let number: Int64

    var description: String {
        "the register's row \(number) was altered; import the file of people again"
    }
}
