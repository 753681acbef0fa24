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

/// Vaccinations in a warehouse: rows of their own, a kind of their own in reports, doubles found.
@Suite struct VaccinationTableTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func entry(
        _ number: UInt64, revision: UInt32 = 1, _ change: (inout SampleVisit) -> Void = { _ in }
    ) -> ReadModelChanges {
        var sample = SampleVisit.vaccination(.sample(number))
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
        let (path, model) = try fill([entry(1) { $0.clinical.vaccination.phanUng = "Sốt nhẹ" }])
        try expectSame(path, model)
        let queue = try DatabaseQueue(path: path)
        let row = try #require(try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM current_vaccination") })
        let found: [String] = try [
            "vaccine", "name", "diseases", "given", "lot", "due", "reaction", "citizen", "month",
        ].map {
            try #require(row[$0] as String?)
        }
        #expect(
            found == [
                "VX-VGB", "Vắc xin viêm gan B", "viêm gan B", "2025-07-01 08:40", "L-001", "2025-08-01", "Sốt nhẹ",
                "001085000001", "2025-07",
            ])
        #expect(row["dose"] as Int64? == 2 && row["doses"] as Int64? == 3)
        let visit = try #require(try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM visit") })
        #expect(visit["kind"] as String == "vaccination" && visit["admitted"] as String == "2025-07-01 08:40")
        #expect(visit["discharged"] as String == visit["admitted"] as String && visit["main_disease"] as String == "")
        #expect(
            visit["age"] as Int64 == 40 && visit["contradictions"] as String == "" && visit["is_live"] as Int64 == 1)
        #expect(visit["total"] as Double? == nil)
    }

    @Test func reportsCountItAsAKind() throws {
        var visit = BookChanges()
        visit.share(SampleVisit(.sample(9)), of: 1_085_000_001, at: 1_751_338_800_000)
        let (path, _) = try fill([entry(1), entry(2) { $0.clinical.vaccination.soMui = "3" }, visit.changes])
        let file = try WarehouseFile(path: path)
        let report = try file.report(ofProvince: "01", month: "2025-07", by: [.kind, .facility])
        #expect(report.total.visits == 3 && report.people == 1)
        let kinds = try #require(report.groups["kind"])
        #expect(kinds.first?.key == "vaccination" && kinds.first?.visits == 2)
        #expect(kinds.first?.clean == 2, "two doses at a time are no double")
        let behind = try file.records(
            try #require(WarehouseMeasure.named("visits")), ofProvince: "01", month: nil, grouping: .kind,
            value: "vaccination", limit: 10)
        #expect(behind.count == 2)
    }

    /// The same dose under two numbers is told, in whatever order they come; another dose, vaccine or time is not.
    @Test(arguments: [[0, 1, 2, 3], [3, 1, 2, 0], [1, 0, 3, 2]]) func doublesAreFound(order: [Int]) throws {
        let all = [
            entry(1), entry(2), entry(3) { $0.clinical.vaccination.maVacxin = "VX-BCG" },
            entry(4) { $0.clinical.vaccination.ngayTiem = "202507010841" },
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
            entry(1), entry(1, revision: 2) { $0.clinical.vaccination.soLo = "L-002" },
            entry(2) { $0.clinical.vaccination.soMui = "1" }, withdrawal.changes,
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
            try Int.fetchOne($0, sql: "SELECT (SELECT count(*) FROM vaccination) + (SELECT count(*) FROM visit)")
        }
        #expect(left == 0)
    }

    static let incomplete: [(String, @Sendable (inout SampleVisit) -> Void)] = [
        ("TEN_VACXIN", { $0.clinical.vaccination.tenVacxin = " " }),
        ("BENH_PHONG", { $0.clinical.vaccination.benhPhong = "" }), ("SO_LO", { $0.clinical.vaccination.soLo = "" }),
        ("MA_BAC_SI", { $0.clinical.vaccination.maBacSi = "" }),
    ]

    /// What is missing is told by name; of the person the same is asked as of a visit, and nothing of card or diagnosis.
    @Test(arguments: incomplete.indices) func whatIsMissingIsNamed(index: Int) throws {
        let (name, change) = Self.incomplete[index]
        func complete(_ sample: inout SampleVisit) {
            sample.administrative.maBn = "1"
            sample.administrative.maQuoctich = "000"
            sample.administrative.maDantoc = "01"
            sample.administrative.maNgheNghiep = "00000"
            sample.administrative.diaChi = "Hà Nội"
            sample.administrative.maxaCuTru = "00004"
        }
        let (_, model) = try fill([
            entry(1) { complete(&$0) },
            entry(2) {
                complete(&$0)
                change(&$0)
            }, entry(3) { change(&$0) },
        ])
        let missing = model.visits.map(\.visit.missing)
        #expect(missing[0] == [] && missing[1] == [name])
        #expect(missing[2].contains("XML1.DIA_CHI") && missing[2].last == name)
        #expect(missing[2].allSatisfy { !$0.contains("BENH_CHINH") && !$0.contains("BHYT") })
    }

    @Test func beforeBirthItContradictsItself() throws {
        let (_, model) = try fill([entry(1) { $0.clinical.vaccination.ngayTiem = "19850316" }])
        #expect(model.visits.map(\.visit.contradictions) == [[.beforeBirth]])
    }
}
