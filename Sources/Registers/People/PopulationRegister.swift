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
        try queue.read { database in
            if let found = try Self.find(Int64(citizenNumber.number), in: database) { return found }
            guard let holder = try Self.holder(of: citizenNumber.description, in: database) else { return nil }
            var found = try Self.find(holder, in: database)
            found?.isSuperseded = true
            return found
        }
    }

    /// The person with this 9-digit number of the old identity card; nil when the file has no such number.
    /// - Throws: SQLite's error when the register cannot be read.
    public func person(oldIdentityNumber: String) throws -> RegisteredPerson? {
        try queue.read { database in
            try Self.holder(of: oldIdentityNumber, in: database).flatMap { try Self.find($0, in: database) }
        }
    }

    private static func holder(of number: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT person FROM earlier WHERE number = ?"), arguments: [number])
    }

    private static func find(_ number: Int64, in database: Database) throws -> RegisteredPerson? {
        let statement = try database.cachedStatement(
            sql: "SELECT name, birth, province, died FROM person WHERE number = ?")
        guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
        guard let citizenNumber = CitizenNumber(number: UInt64(number)),
            let birth = CivilDate(number: row[1]), let province = Province(number: row[2])
        else { throw DamagedRegister(number: number) }
        return RegisteredPerson(
            citizenNumber: citizenNumber, fullName: row[0], birthDate: birth, residentProvince: province,
            diedOn: (row[3] as Int?).flatMap(CivilDate.init(number:)))
    }
}

/// A row of a register that no import wrote.
struct DamagedRegister: Error, CustomStringConvertible {
    let number: Int64

    var description: String {
        "the register's row \(number) was altered; import the file of people again"
    }
}
