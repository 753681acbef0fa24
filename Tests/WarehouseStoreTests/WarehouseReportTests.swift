import CoreTestSupport
import Foundation
import GRDB
import PartyStore
import ProvinceWarehouse
import StoreTestSupport
import Testing

@testable import WarehouseStore

/// All groupings of a report are counted in one pass; each number is what the tables say by themselves.
@Suite struct WarehouseReportTests {
    private let directory: TemporaryDirectory
    private let path: String

    /// Texts that another program, or a facility, may have put there.
    private static let keys = [
        "", "0", "1", "00", "01013", "K29", "1234567", "12345678", "123456789", "a key that is longer than a word",
        "Phường Bến Nghé", "É", "E\u{301}", "\u{1F3E5}", "z", "Z",
    ]
    private static let ages: [Int64?] = [nil, -3, 0, 1, 4, 5, 14, 15, 24, 25, 44, 45, 59, 60, 79, 80, 121]
    private static let months = ["2026-10", "2026-11", "2026-12", ""]

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/" + WarehouseWriter.fileName
        let store = try PartyStore<SampleRecord>(
            directory: directory.path, identity: StoreIdentity(party: "locality", exchange: "test"),
            durability: .process, readModel: WarehouseWriter.plan)
        try store.close()
    }

    /// Rows as chance makes them, of which only what reports read means anything.
    private func fill(_ count: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.write { database in
            let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(visit)").map { row -> (String, String) in
                (row["name"], row["type"])
            }
            for number in 0..<count {
                func any(_ keys: [String]) -> String { keys.randomElement(using: &random) ?? "" }
                var values: [String: (any DatabaseValueConvertible)?] = [
                    "record": "r\(number)", "standing": any(["current", "current", "superseded", "withdrawn"]),
                    "province": any(["01", "01", "79"]), "month": any(Self.months),
                    "age": Self.ages.randomElement(using: &random) ?? nil,
                ]
                for name in ["facility", "ward", "main_category", "kind"] { values[name] = any(Self.keys) }
                for word in QualityWord.allCases {
                    values["is_" + word.rawValue] = Int64.random(in: 0...1, using: &random)
                }
                let row = columns.map { name, type -> (any DatabaseValueConvertible)? in
                    if let value = values[name] { return value }
                    if name == "visit_id" { return Int64(number + 1) }
                    return type == "TEXT" ? "" : 0
                }
                try database.execute(
                    sql: "INSERT INTO visit VALUES (" + row.map { _ in "?" }.joined(separator: ",") + ")",
                    arguments: StatementArguments(row))
            }
            try database.execute(sql: "INSERT OR IGNORE INTO facility SELECT DISTINCT facility, province FROM visit")
        }
    }

    /// The rows of a view; several months of one key are added up.
    private func rows(
        _ grouping: WarehouseGrouping, _ province: String, _ month: String?
    ) throws -> [WarehouseRow] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(grouping.rawValue) AS key, sum(visits), sum(correct), sum(complete), sum(clean), sum(live)
                      FROM report_by_\(grouping.rawValue) WHERE province = ?1 AND (?2 IS NULL OR month = ?2)
                      GROUP BY key ORDER BY 2 DESC, key
                    """, arguments: [province, month]
            ).map { row in
                let key: String = row[0]
                return WarehouseRow(
                    key: key, title: grouping.title(key), visits: row[1], correct: row[2], complete: row[3],
                    clean: row[4], live: row[5])
            }
        }
    }

    @Test(arguments: [1, 40, 1_500]) func everyGroupingIsWhatItsViewSays(count: Int) throws {
        try fill(count, seed: UInt64(count))
        let file = try WarehouseFile(path: path)
        for province in ["01", "79", "99"] {
            for month in [nil, "2026-11", "2026-12", "2020-01"] as [String?] {
                let report = try file.report(ofProvince: province, month: month, by: WarehouseGrouping.allCases)
                for grouping in WarehouseGrouping.allCases {
                    let expected = try rows(grouping, province, month)
                    #expect(report.groups[grouping.rawValue] == expected, "\(province) \(month ?? "all") \(grouping)")
                    var sum = WarehouseRow(key: province)
                    for row in expected { sum.add(row) }
                    #expect(report.total == sum)
                }
                for grouping in WarehouseGrouping.allCases {
                    let alone = try file.report(ofProvince: province, month: month, by: [grouping])
                    #expect(alone.groups == [grouping.rawValue: try rows(grouping, province, month)])
                    #expect(alone.silentFacilities == report.silentFacilities && alone.total == report.total)
                }
                if let month {
                    let before = try #require(WarehouseMonth.before(month))
                    let earlier = try file.report(ofProvince: province, month: before, by: [])
                    #expect(report.before == earlier.total && earlier.groups.isEmpty)
                }
            }
        }
    }

    @Test func facilitiesWithoutAVisitInTheMonthAreSilent() throws {
        try fill(60, seed: 9)
        let queue = try DatabaseQueue(path: path)
        let silent = try queue.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT code FROM facility WHERE province = '01' AND code NOT IN (SELECT facility FROM visit
                      WHERE standing = 'current' AND province = '01' AND month = '2026-11') ORDER BY code
                    """)
        }
        try queue.close()
        let report = try WarehouseFile(path: path).report(ofProvince: "01", month: "2026-11", by: [.kind])
        #expect(report.silentFacilities == silent && !silent.isEmpty)
        #expect(try WarehouseFile(path: path).report(ofProvince: "01", month: nil, by: []).silentFacilities == [])
    }

    @Test(arguments: zip(ages, [8, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]))
    func anAgeIsInItsClass(age: Int64?, place: Int) {
        #expect(WarehouseGrouping.ageClass(age) == place)
        #expect(WarehouseGrouping.ageClasses.count == 9)
    }
}
