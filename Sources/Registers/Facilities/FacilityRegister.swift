public import ExchangeSchema
import GRDB
public import PartyCore

/// MoH's register of facilities of one's own.
public struct FacilityRegister: FacilityRegistry {
    private let queue: DatabaseQueue

    /// - Parameter path: ``RegisterFiles/facilities``.
    /// - Throws: SQLite's error when it cannot be opened.
    public init(_ path: String) throws {
        queue = try RegisterDatabase.open(path)
    }

    /// The facility with this code; nil when the file has none.
    /// - Throws: SQLite's error when the register cannot be read.
    public func facility(_ code: FacilityCode) throws -> RegisteredFacility? {
        try queue.lookUp { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT identifier, province, kind, connected, electronicRecords, namesPractitioners FROM facility
                    WHERE code = ?
                    """)
            guard let row = try Row.fetchOne(statement, arguments: [Int64(code.number)]) else { return nil }
            guard let province = Province(number: row[1]), let kind = FacilityKind(rawValue: row[2]) else {
                throw DamagedRegister(number: Int64(code.number))
            }
            return RegisteredFacility(
                code: code, identifier: row[0], province: province, kind: kind, isConnected: row[3],
                hasElectronicRecords: row[4], namesPractitioners: row[5])
        }
    }

    /// What a facility is called; nil when the file has none with this code.
    /// - Throws: SQLite's error when the register cannot be read.
    public func name(_ code: FacilityCode) throws -> String? {
        try queue.lookUp { database in
            let statement = try database.cachedStatement(sql: "SELECT name FROM facility WHERE code = ?")
            return try String.fetchOne(statement, arguments: [Int64(code.number)])
        }
    }

    /// A facility with its name.
    public struct Named: Sendable, Equatable {
        /// The facility.
        public var facility: RegisteredFacility
        /// What it is called.
        public var name: String
    }

    /// All facilities by code.
    /// - Throws: SQLite's error when the register cannot be read.
    public func all() throws -> [Named] {
        let codes = try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT code, name FROM facility ORDER BY code").map {
                (UInt32(clamping: $0[0] as Int64), $0[1] as String)
            }
        }
        return try codes.compactMap { number, name in
            guard let code = FacilityCode(number: number), let found = try facility(code) else { return nil }
            return Named(facility: found, name: name)
        }
    }

    /// Whether somebody with this practice certificate works there.
    /// - Throws: SQLite's error when the register cannot be read.
    public func hasPractitioner(_ certificate: String, at code: FacilityCode) throws -> Bool {
        try queue.lookUp { database in
            let statement = try database.cachedStatement(
                sql: "SELECT 1 FROM practitioner WHERE facility = ? AND certificate = ?")
            return try Int.fetchOne(statement, arguments: [Int64(code.number), certificate]) != nil
        }
    }
}
