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

/// The tables of a warehouse say what the model in memory says, in whatever order and however often things come.
@Suite struct WarehouseStoreTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A warehouse of a locality's store that was given these changes, one batch each.
    private func fill(_ changes: [ReadModelChanges], in folder: String) throws -> String {
        let path = directory.path + "/" + folder
        let store = try PartyStore<SampleRecord>(
            directory: path, identity: StoreIdentity(party: "locality", exchange: "test"), durability: .process,
            readModel: WarehouseWriter.plan)
        var batch = SampleBatch(continuing: store.progress)
        for change in changes {
            try store.batch { state in
                var commit = try batch.fill(&state)
                commit?.readModel = change
                return commit
            }
        }
        try store.close()
        return path + "/" + WarehouseWriter.fileName
    }

    /// What the tables say of each revision.
    private func rows(_ path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT record, revision, standing, citizen, is_correct, is_complete, is_clean, is_live, overlaps,
                      coalesce(duplicate_of, '-'), discharged, main_disease,
                      (SELECT count(*) FROM diagnosis d WHERE d.visit_id = v.visit_id) FROM visit v ORDER BY record, revision
                    """
            ).map { row in row.map { "\($0.1)" }.joined(separator: "|").replacing("\"", with: "") }
        }
    }

    private func rows(_ warehouse: ProvinceWarehouse) -> [String] {
        warehouse.visits.map { stored in
            let visit = stored.visit
            let words = QualityWord.allCases.map { $0.holds(of: stored.judged) ? "1" : "0" }
            return
                ([
                    visit.record.description, "\(visit.revision)", stored.standing.rawValue,
                    CitizenText.of(visit.citizen),
                ] + words + [
                    stored.finding.overlaps ? "1" : "0", stored.finding.duplicateOf?.description ?? "-",
                    visit.dischargedText, visit.mainDisease, "\(visit.diagnoses.count)",
                ]).joined(separator: "|")
        }
    }

    /// Revisions, duplicates, overlapping stays, withdrawals and people who were somebody else before.
    private func changes(_ random: inout SeededGenerator, isDeparting: Bool = false) -> [ReadModelChanges] {
        (0..<40).map { _ in
            let record = RecordIdentifier.sample(UInt64.random(in: 1...8, using: &random))
            let revision = UInt32.random(in: 1...3, using: &random)
            var all = ReadModelChanges()
            let chance = Int.random(in: 0..<6, using: &random)
            if isDeparting, chance == 1 {
                all.append(.departure, subject: 0, record: record, revision: revision, time: 5, content: [])
                return all
            }
            if chance == 0 {
                all.append(
                    .withdrawal, subject: 0, record: record, revision: revision, time: 5, content: Array("twice".utf8))
                return all
            }
            append(record, revision, to: &all)
            return all
        }
    }

    /// What an entry says hangs on record and revision alone, as of a sender that does not contradict itself.
    private func append(_ record: RecordIdentifier, _ revision: UInt32, to all: inout ReadModelChanges) {
        var visit = SampleVisit(record)
        let (low, person) = (record.low, (record.low + UInt64(revision)) % 3 + 1)
        visit.insurance.maLoaiKcb = low % 2 == 0 ? "03" : "01"
        visit.insurance.ngayVao = "20261101080\(low % 3)"
        visit.insurance.ngayRa = "2026110\(low % 4 + 2)0800"
        visit.clinical.maBenhKt = revision == 2 ? "E11;I10" : ""
        var entry = BookEntry()
        entry.recordID = record.description
        entry.revision = revision
        entry.facilityCode = visit.facilityCode
        entry.residentProvince = "01"
        entry.authenticatedAt = 1_793_600_000_000 + Int64(low % 16) * 3_600_000
        entry.administrative = .init(visit.administrative.encoded)
        entry.insurance = .init(visit.insurance.encoded)
        entry.clinical = .init(visit.clinical.encoded)
        var details = ClinicalDetails()
        details.results = ["GLU", "CRE"].map { code in
            var line = ResultLine()
            (line.maDichVu, line.maChiSo, line.tenChiSo) = ("23.0075", code, "Result of \(code)")
            line.ngayKq = "2026110\(low % 4 + 1)0900"
            return line
        }
        entry.clinicalDetails = .init(details.encoded)
        all.append(.entry, subject: person, record: record, revision: revision, time: 9, content: entry.encoded)
    }

    @Test(arguments: 1...12) func anyOrderAndAnyCopiesGiveTheSameWarehouse(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let changes = changes(&random, isDeparting: seed.isMultiple(of: 2))
        var model = ProvinceWarehouse()
        for change in changes { model.apply(change) }
        let expected = rows(model)
        #expect(try rows(try fill(changes, in: "a")) == expected)
        let disorder = (changes + changes.shuffled(using: &random)).shuffled(using: &random)
        #expect(try rows(try fill(disorder, in: "b")) == expected)
        var again = ProvinceWarehouse()
        for change in disorder { again.apply(change) }
        #expect(rows(again) == expected)
    }

    @Test func anErasedPersonIsGoneFromEveryTable() throws {
        var random = SeededGenerator(seed: 3)
        var all = changes(&random)
        var erasure = ReadModelChanges()
        erasure.append(
            .erasure, subject: 2, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: 9, content: [])
        all.append(erasure)
        var model = ProvinceWarehouse()
        for change in all { model.apply(change) }
        let path = try fill(all, in: "a")
        #expect(try rows(path) == rows(model))
        let queue = try DatabaseQueue(path: path)
        let left = try queue.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT (SELECT count(*) FROM person WHERE citizen = '000000000002')
                      + (SELECT count(*) FROM visit WHERE citizen = '000000000002')
                      + (SELECT count(*) FROM diagnosis WHERE visit_id NOT IN (SELECT visit_id FROM visit))
                    """)
        }
        #expect(left == 0)
    }

    /// Every number of a report has exactly its records behind it, and every view says what the report says.
    @Test func theRecordsBehindANumberAreAsMany() throws {
        var random = SeededGenerator(seed: 5)
        var all = changes(&random)
        // Two stays of one person at the same time, whatever chance made of the others.
        var stays = ReadModelChanges()
        for low: UInt64 in [20, 26] { append(RecordIdentifier.sample(low), 1, to: &stays) }
        all.append(stays)
        let file = try WarehouseFile(path: try fill(all, in: "a"))
        let report = try file.report(ofProvince: "01", month: "2026-11", by: WarehouseGrouping.allCases)
        #expect(report.total.visits > 0 && report.total.clean < report.total.visits)
        func count(_ measure: String, _ grouping: WarehouseGrouping = .facility, _ value: String? = nil) throws -> Int64
        {
            let measure = try #require(WarehouseMeasure.named(measure))
            return Int64(
                try file.records(
                    measure, ofProvince: "01", month: "2026-11", grouping: grouping, value: value, limit: 1_000
                ).count)
        }
        #expect(try count("visits") == report.total.visits)
        #expect(try count("late") == report.total.late)
        #expect(try count("withdrawn") == report.withdrawn)
        #expect(try count("superseded") == report.superseded)
        for grouping in WarehouseGrouping.allCases {
            let rows = try #require(report.groups[grouping.rawValue])
            #expect(rows.reduce(0) { $0 + $1.visits } == report.total.visits)
            for row in rows {
                for (measure, number) in [
                    ("visits", row.visits), ("correct", row.correct), ("complete", row.complete), ("clean", row.clean),
                    ("live", row.live), ("late", row.late), ("not-clean", row.visits - row.clean),
                ] {
                    #expect(try count(measure, grouping, row.key) == number, "\(grouping) \(row.key) \(measure)")
                }
            }
        }
        let empty = try file.report(ofProvince: "79", month: "2026-11", by: [.kind])
        #expect(empty.total.visits == 0 && empty.people == 0 && empty.groups["kind"] == [])
        let later = try file.report(ofProvince: "01", month: "2026-12", by: [])
        #expect(later.before?.visits == report.total.visits && later.silentFacilities == ["01013"])
        #expect(report.csv.hasPrefix("grouping,key,title,visits,correct,complete,clean,live,late\r\nprovince,01,,"))
    }

    /// Repeated tests of the tables are those of the rule, and each row has its repeats behind it.
    @Test(arguments: [1, 2, 30]) func repeatedTestsAreThoseOfTheRule(days: Int) throws {
        var random = SeededGenerator(seed: 8)
        var all = changes(&random)
        // One person, two visits, results two days apart.
        var two = ReadModelChanges()
        for low: UInt64 in [23, 29] { append(RecordIdentifier.sample(low), 1, to: &two) }
        all.append(two)
        var model = ProvinceWarehouse()
        for change in all { model.apply(change) }
        let current = model.visits.filter { $0.standing == .current && $0.finding.duplicateOf == nil }
        let people = Dictionary(grouping: current, by: \.visit.citizen).values.map { visits in
            visits.flatMap { stored in
                stored.visit.results.map {
                    RepeatTests.Result(
                        record: stored.visit.record, facility: stored.visit.facility, service: $0.service,
                        code: $0.index, admitted: stored.visit.admittedText, resulted: $0.resulted,
                        sharedAt: stored.visit.sharedAt)
                }
            }
        }
        let findings = people.flatMap { RepeatTests.findings($0, within: days) }
        let file = try WarehouseFile(path: try fill(all, in: "a"))
        let repeats = try file.repeats(ofProvince: "01", month: nil, within: days, limit: 1_000)
        #expect(repeats.total.tests == Int64(findings.count) && !findings.isEmpty)
        #expect(repeats.total.repeats == Int64(findings.count { $0 != nil }))
        #expect(repeats.total.known == Int64(findings.count { $0?.wasKnown == true }))
        #expect(days == 1 || repeats.total.repeats >= 2)
        #expect(Int64(repeats.records.count) == repeats.total.repeats)
        #expect(repeats.records.allSatisfy { $0.days <= days && $0.record != $0.earlierRecord })
        for rows in [repeats.tests, repeats.facilities] {
            #expect(rows.reduce(0) { $0 + $1.tests } == repeats.total.tests)
            #expect(rows.reduce(0) { $0 + $1.repeats } == repeats.total.repeats)
        }
        #expect(Set(repeats.tests.map(\.key)) == ["23.0075 GLU", "23.0075 CRE"])
        #expect(try file.repeats(ofProvince: "01", month: nil, within: days, limit: 1).records.count <= 1)
        let month = try file.repeats(ofProvince: "01", month: "2026-12", within: days, limit: 9)
        #expect(month.total == RepeatRow(key: "all") && month.records.isEmpty)
        #expect(
            repeats.csv.hasPrefix("grouping,key,title,tests,repeats,known\r\nprovince,all,,\(repeats.total.tests),"))
    }

    @Test func aFileThatIsNoWarehouseIsRefused() throws {
        let path = directory.path + "/other.sqlite"
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 9") }
        try queue.close()
        #expect(throws: StoreError.self) { try WarehouseFile(path: path) }
        #expect(throws: StoreError.self) { try WarehouseFile(path: directory.path + "/none.sqlite") }
    }
}
