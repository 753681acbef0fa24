import CoreTestSupport
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyStore
import ProvinceWarehouse
import StoreTestSupport
import Testing

@testable import WarehouseStore

/// Health checks in a warehouse: rows of their own, a kind of their own in reports, doubles found.
@Suite struct HealthCheckTableTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func entry(
        _ number: UInt64, revision: UInt32 = 1, _ change: (inout SampleVisit) -> Void = { _ in }
    ) -> ReadModelChanges {
        var sample = SampleVisit.healthCheck(.sample(number))
        change(&sample)
        var changes = BookChanges()
        changes.share(sample, revision: revision, of: 1_085_000_001, at: 1_751_338_800_000)
        return changes.changes
    }

    /// The warehouse of these batches, as the file has it and as the model in memory has it.
    private func fill(
        _ batches: [ReadModelChanges], _ name: String = "a"
    ) throws -> (path: String, model: ProvinceWarehouse) {
        let path = directory.path + "/" + name
        let store = try PartyStore<SampleRecord>(
            directory: path, identity: StoreIdentity(party: "locality", exchange: "test"), durability: .process,
            readModel: WarehouseWriter.plan)
        var batch = SampleBatch(continuing: store.progress)
        var model = ProvinceWarehouse()
        for change in batches {
            model.apply(change)
            try store.batch { state in
                var commit = try batch.fill(&state)
                commit?.readModel = change
                return commit
            }
        }
        try store.close()
        return (path + "/" + WarehouseWriter.fileName, model)
    }

    /// All rows of the file are those of the model, column by column.
    private func expectSame(_ path: String, _ model: ProvinceWarehouse) throws {
        var place = 0
        let stored = model.visits
        try WarehouseFile(path: path).forEachRecord { record in
            for revision in record.revisions {
                let wanted = stored[place]
                place += 1
                for (column, value) in wanted.columns {
                    #expect(revision.columns[column] == value, "\(record.record) \(column)")
                }
                for (table, rows) in wanted.visit.lineColumns {
                    #expect(revision.lines[table]?.count == rows.count, "\(table)")
                    for (row, right) in zip(revision.lines[table] ?? [], rows) {
                        for (column, value) in right { #expect(row[column] == value, "\(table).\(column)") }
                    }
                }
            }
        }
        #expect(place == stored.count && place > 0)
    }

    @Test func itHasARowOfItsOwnBesideThatOfTheVisit() throws {
        let (path, model) = try fill([entry(1) { $0.details = SampleVisit.healthCheckResults }])
        try expectSame(path, model)
        let queue = try DatabaseQueue(path: path)
        let row = try #require(try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM current_health_check") })
        let found: [String] = try [
            "visit_kind", "target_groups", "payer", "problems", "illnesses", "blood_pressure", "citizen", "month",
        ].map { try #require(row[$0] as String?) }
        #expect(
            found == ["15", "13;5", "4", "Khám lại theo hẹn", "", "120/80", "001085000001", "2025-07"])
        #expect(row["health_class"] as Int64? == 3 && row["physique_class"] as Int64? == 2)
        #expect(row["height"] as Double? == 168 && row["weight"] as Double? == 62.5 && row["pulse"] as Double? == 72)
        #expect(row["temperature"] as Double? == nil && row["is_normal"] as Int64? == nil)
        let visit = try #require(try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM visit") })
        #expect(visit["kind"] as String == "health-check" && visit["admitted"] as String == "2025-07-01 08:40")
        #expect(
            visit["discharged"] as String == visit["admitted"] as String && visit["main_disease"] as String == "I10")
        #expect(visit["age"] as Int64 == 40 && visit["contradictions"] as String == "")
        let others = try queue.read {
            try String.fetchAll($0, sql: "SELECT code FROM diagnosis ORDER BY place")
                + String.fetchAll($0, sql: "SELECT value FROM result")
        }
        #expect(others == ["I10", "E11.9", "5.6"])
    }

    @Test func ofAChildTheOtherFormCounts() throws {
        let (path, model) = try fill([
            entry(1) {
                $0.clinical.healthCheck = HealthCheck()
                $0.clinical.healthCheck.maLoaiKcb = "15"
                $0.clinical.healthCheck.ngayVao = "20250701"
                $0.clinical.healthCheck.xml3Mach = "104"
                $0.clinical.healthCheck.xml3NhietDo = "36.8"
                $0.clinical.healthCheck.xml4ChieuDai = "92.5"
                $0.clinical.healthCheck.xml4CanNang = "13.2"
                $0.clinical.healthCheck.xml8BinhThuong = "0"
                $0.clinical.healthCheck.xml8KetLuanBenh = "J45"
                $0.clinical.healthCheck.xml8GhiRoVanDeSucKhoe = "hen"
            }
        ])
        try expectSame(path, model)
        let row = try #require(
            try DatabaseQueue(path: path).read {
                try Row.fetchOne(
                    $0, sql: "SELECT h.*, v.main_disease FROM health_check h JOIN visit v USING (visit_id)")
            })
        #expect(row["pulse"] as Double? == 104 && row["height"] as Double? == 92.5 && row["weight"] as Double? == 13.2)
        #expect(row["temperature"] as Double? == 36.8 && row["is_normal"] as Int64? == 0)
        #expect(row["problems"] as String? == "hen" && row["main_disease"] as String? == "J45")
        #expect(row["health_class"] as Int64? == nil)
    }

    @Test func reportsCountItAsAKind() throws {
        var visit = BookChanges()
        visit.share(SampleVisit(.sample(9)), of: 1_085_000_001, at: 1_751_338_800_000)
        let (path, _) = try fill([
            entry(1), entry(2) { $0.clinical.healthCheck.ngayVao = "202507020840" }, visit.changes,
        ])
        let file = try WarehouseFile(path: path)
        let report = try file.report(ofProvince: "01", month: "2025-07", by: [.kind, .facility])
        #expect(report.total.visits == 3 && report.people == 1)
        let kinds = try #require(report.groups["kind"])
        #expect(kinds.first?.key == "health-check" && kinds.first?.visits == 2 && kinds.first?.clean == 2)
        let behind = try file.records(
            try #require(WarehouseMeasure.named("visits")), ofProvince: "01", month: nil, grouping: .kind,
            value: "health-check", limit: 10)
        #expect(behind.count == 2)
    }

    /// The same check under two numbers is told, in whatever order they come; another class or time is another check.
    @Test(arguments: [[0, 1, 2, 3], [3, 1, 2, 0], [1, 0, 3, 2]]) func doublesAreFound(order: [Int]) throws {
        let all = [
            entry(1), entry(2), entry(3) { $0.clinical.healthCheck.xml12PhanLoaiSk = "1" },
            entry(4) { $0.clinical.healthCheck.ngayVao = "202507010841" },
        ]
        let (path, model) = try fill(order.map { all[$0] })
        try expectSame(path, model)
        let doubles = model.visits.filter { $0.finding.duplicateOf != nil }
        #expect(doubles.map(\.visit.record) == [.sample(2)] && doubles[0].finding.duplicateOf == .sample(1))
        try WarehouseFile(path: path).forEachPerson { person in
            #expect(person.visits.count == 4 && person.row?["visits"] == .integer(4))
        }
    }

    @Test func amendedWithdrawnAndErasedItIsAsAnyVisit() throws {
        var withdrawal = BookChanges()
        withdrawal.withdraw(.sample(2), revision: 2, of: 1_085_000_001, at: 5, because: "")
        let batches = [
            entry(1), entry(1, revision: 2) { $0.clinical.healthCheck.xml10Mach = "80" },
            entry(2) { $0.clinical.healthCheck.xml12PhanLoaiSk = "1" }, withdrawal.changes,
        ]
        let (path, model) = try fill(batches)
        try expectSame(path, model)
        #expect(model.visits.map(\.standing) == [.superseded, .current, .withdrawn])
        let (other, _) = try fill(Array(batches.reversed()), "b")
        try expectSame(other, model)
        var erasure = BookChanges()
        erasure.erase(1_085_000_001, at: 9)
        let (erased, _) = try fill(batches + [erasure.changes], "c")
        let left = try DatabaseQueue(path: erased).read {
            try Int.fetchOne($0, sql: "SELECT (SELECT count(*) FROM health_check) + (SELECT count(*) FROM visit)")
        }
        #expect(left == 0)
    }

    @Test func whatIsMissingAndWhatContradictsIsNamed() throws {
        func complete(_ sample: inout SampleVisit) {
            sample.administrative.maDantoc = "01"
            sample.administrative.diaChi = "Hà Nội"
            sample.administrative.maxaCuTru = "00004"
        }
        let (_, model) = try fill([
            entry(1) { complete(&$0) },
            entry(2) {
                complete(&$0); $0.clinical.healthCheck.doiTuong = " "
            },
            entry(3) { $0.administrative.diaChi = "" }, entry(4) { $0.clinical.healthCheck.ngayVao = "19850316" },
            entry(5) { $0.clinical.healthCheck.maLoaiKcb = "99" },
        ])
        let missing = model.visits.map(\.visit.missing)
        #expect(missing[0] == [] && missing[1] == ["XML2.DOI_TUONG"] && missing[2].contains("XML1.DIA_CHI"))
        #expect(model.visits.map(\.visit.contradictions)[0] == [])
        #expect(model.visits.map(\.visit.contradictions)[3...] == [[.beforeBirth], [.unknownCode]])
    }
}
