import ExchangeSchema
import Foundation
import GRDB
import PartyStore
import ProvinceWarehouse

/// A warehouse that is read, whether its locality runs or not. Nothing is written.
public final class WarehouseFile {
    private let queue: DatabaseQueue

    /// Opens one.
    /// - Throws: `StoreError` when there is none, or it is of another version.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let version = try queue.read { try Int64.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            guard version == WarehouseSchema.version else {
                throw StoreError(
                    .otherVersion,
                    "\(path) has tables of version \(version), and this program reads version \(WarehouseSchema.version); "
                        + "use the program that wrote it")
            }
        } catch let error as DatabaseError {
            throw StoreError(.database, "\(path) cannot be read: \(error.message ?? "\(error.resultCode)")")
        }
    }

    /// Whether there is a file.
    public static func exists(at path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// How many records it has of a person, in any revision.
    /// - Parameter citizens: Their numbers.
    /// - Throws: `StoreError`.
    public func records(ofCitizens citizens: [UInt64]) throws -> Int {
        try read { database in
            let numbers = citizens.map(CitizenText.of)
            return try Int.fetchOne(
                database,
                sql: "SELECT count(DISTINCT record) FROM visit WHERE citizen IN ("
                    + numbers.map { _ in "?" }.joined(separator: ", ") + ")",
                arguments: StatementArguments(numbers)) ?? 0
        }
    }

    /// How much it holds of a province.
    public struct Contents: Sendable, Equatable {
        /// Residents with a visit, current visits, facilities that sent them.
        public var (people, visits, facilities): (Int64, Int64, Int64)
        /// Months with visits, from and to; empty without any.
        public var (firstMonth, lastMonth): (String, String)

        /// Compares all.
        public static func == (first: Contents, second: Contents) -> Bool {
            (first.people, first.visits, first.facilities, first.firstMonth, first.lastMonth)
                == (second.people, second.visits, second.facilities, second.firstMonth, second.lastMonth)
        }
    }

    /// - Throws: `StoreError`.
    public func contents(ofProvince province: String) throws -> Contents {
        try read { database in
            func number(_ sql: String) throws -> Int64 {
                try Int64.fetchOne(database, sql: sql, arguments: [province]) ?? 0
            }
            let visits = "FROM visit WHERE standing = 'current' AND province = ?"
            let months = try Row.fetchOne(
                database, sql: "SELECT coalesce(min(month), ''), coalesce(max(month), '') \(visits) AND month <> ''",
                arguments: [province])
            return Contents(
                people: try number("SELECT count(*) FROM person WHERE province = ?"),
                visits: try number("SELECT count(*) \(visits)"),
                facilities: try number("SELECT count(*) FROM facility WHERE province = ?"),
                firstMonth: months?[0] ?? "", lastMonth: months?[1] ?? "")
        }
    }

    /// Facilities that have a visit here that was authenticated in this span, whether it still stands or not.
    /// - Parameter span: Unix milliseconds.
    /// - Throws: `StoreError`.
    public func facilities(sentIn span: Range<Int64>) throws -> Set<String> {
        try read { database in
            Set(
                try String.fetchAll(
                    database, sql: "SELECT DISTINCT facility FROM visit WHERE shared_at >= ? AND shared_at < ?",
                    arguments: [span.lowerBound, span.upperBound]))
        }
    }

    /// Facilities that have a visit here, whether it still stands or not.
    /// - Parameter month: Of the discharge, as `2026-11`; nil for any.
    /// - Throws: `StoreError`.
    public func facilities(ofMonth month: String?) throws -> Set<String> {
        try read { database in
            Set(
                try String.fetchAll(
                    database, sql: "SELECT DISTINCT facility FROM visit" + (month == nil ? "" : " WHERE month = ?"),
                    arguments: StatementArguments(month.map { [$0] } ?? [])))
        }
    }

    /// What MoH has told the province of its residents' books; nil where it has told nothing.
    /// - Throws: `StoreError`.
    public func coverage(ofProvince province: String) throws -> WarehouseCoverage? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT residents, with_book, counted_at FROM coverage WHERE province = ?",
                arguments: [province]
            ).map { WarehouseCoverage(residents: $0[0], withBook: $0[1], countedAt: $0[2]) }
        }
    }

    /// The visits behind a number, the latest discharge first.
    /// - Parameters:
    ///   - value: What the visits must have in common; nil for all of the province.
    ///   - limit: At most so many.
    /// - Throws: `StoreError`.
    public func records(
        _ measure: WarehouseMeasure, ofProvince province: String, month: String?, grouping: WarehouseGrouping,
        value: String?, limit: Int
    ) throws -> [WarehouseRecord] {
        try read { database in
            let conditions =
                ["province = ?", measure.condition] + (month == nil ? [] : ["month = ?"])
                + (value == nil ? [] : ["\(grouping.column) = ?"])
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT record, revision, standing, facility, kind, discharged, main_category, minutes_to_book, missing,
                      contradictions, overlaps, duplicate_of FROM visit
                      WHERE \(conditions.joined(separator: " AND ")) ORDER BY discharged DESC, record LIMIT \(limit)
                    """,
                arguments: StatementArguments([province, month, value].compactMap(\.self))
            ).map(WarehouseRecord.init)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try queue.read(body)
        } catch let error as DatabaseError {
            throw StoreError(.database, "\(queue.path) cannot be read: \(error.message ?? "\(error.resultCode)")")
        }
    }
}

extension WarehouseRecord {
    init(_ row: Row) {
        func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
        let isOverlap: Bool = row[10]
        let duplicateOf: String? = row[11]
        self.init(
            record: row[0], revision: row[1], standing: row[2], facility: row[3], kind: row[4], discharged: row[5],
            disease: row[6], minutesToBook: row[7], missing: list(row[8]),
            contradictions: list(row[9]) + (isOverlap ? [Contradiction.overlap.rawValue] : [])
                + (duplicateOf == nil ? [] : [Contradiction.duplicate.rawValue]), duplicateOf: duplicateOf)
    }
}
