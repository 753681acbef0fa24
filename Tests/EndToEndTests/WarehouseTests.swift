import Composition
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyRuntime
import ProvinceWarehouse
import Supervision
import Testing
import Topology

/// A locality's warehouse against the visits that were really made: each once, as its facility wrote it, however often
/// the locality is ended, and open to others while it is written.
@Suite struct WarehouseTests {
    private static let records = 300

    @Test func theWarehouseIsTheTruthHoweverOftenTheLocalityIsKilled() async throws {
        try await ExchangeSlots.run { directory in
            var scenario = TestScenario.everything(records: Self.records, seed: 11, recordsPerSecond: 60)
            scenario.faults["unreadable"] = nil
            let run = try await CycleRun.up(in: directory, ["--scenario", try scenario.write(in: directory)])
            try await run.until("something is shared") { (run.status("locality")?.ledger.shared ?? 0) > 0 }
            for _ in 0..<3 { try await run.disturb("locality", SIGKILL) }
            let path = run.layout.partyDirectory("locality") + "/warehouse.sqlite"
            // Another program holds it open, read-only, while it is written.
            var reading = Configuration()
            reading.readonly = true
            reading.busyMode = .timeout(5)
            let reader = try DatabaseQueue(path: path, configuration: reading)
            let wanted = Int64(Self.records)
            try await run.until("all is settled") {
                guard let facility = run.status("facility")?.ledger, let locality = run.status("locality")?.ledger
                else {
                    return false
                }
                return facility.submitted == wanted && facility.pending == 0 && facility.shared == locality.shared
            }
            let shared = try #require(run.status("locality")).ledger.shared
            let rows = try reader.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT record, revision, facility, name, ward, kind, admitted, discharged, main_disease, age,
                          (SELECT count(*) FROM drug WHERE visit_id = v.visit_id) AS drugs,
                          (SELECT count(*) FROM service WHERE visit_id = v.visit_id) AS services,
                          (SELECT count(*) FROM result WHERE visit_id = v.visit_id) AS results
                          FROM current_visit v
                        """)
            }
            #expect(Int64(rows.count) == shared && Set(rows.map { $0["record"] as String }).count == rows.count)
            try Self.expectTruth(rows, run)
            let report = try Program(
                BuiltPrograms.path("cycle"),
                ["warehouse", "list", "--data", directory.data], in: directory.path)
            #expect(await report.exit() == 0, "\(report.errors)")
            #expect(report.output.contains("79 Hồ Chí Minh"), "\(report.output)")
            try reader.close()
            #expect(await run.program.stop(SIGINT).status == 0)
        }
    }

    /// Each row is the visit as its facility wrote it in that revision.
    private static func expectTruth(_ rows: [Row], _ run: CycleRun) throws {
        let setup = try PartySetup(
            topology: run.layout.topologyPath, scenario: run.layout.scenarioPath, records: records)
        let visits = ComputedVisits(population: try setup.population("test"), count: Int64(records))
        let indexes = Dictionary(
            uniqueKeysWithValues: (0..<Int64(records)).map { (visits.visit($0, revision: 1).record.description, $0) })
        for row in rows {
            let (record, revision): (String, Int64) = (row["record"], row["revision"])
            let index = try #require(indexes[record])
            let written = visits.visit(index, revision: UInt32(revision))
            var entry = BookEntry()
            entry.facilityCode = written.facilityCode
            entry.administrative = Data(written.administrative)
            entry.insurance = Data(written.insurance)
            entry.clinical = Data(written.clinical)
            entry.clinicalDetails = Data(written.details)
            let truth = WarehouseVisit(entry, record: written.record, citizen: 0, receivedAt: 0)
            let found: [String] = [
                row["facility"], row["name"], row["ward"], row["kind"], row["admitted"], row["discharged"],
                row["main_disease"],
            ]
            #expect(
                found == [
                    truth.facility, truth.name, truth.ward, truth.kind, truth.admittedText, truth.dischargedText,
                    truth.mainDisease,
                ])
            let counts: [Int] = [row["drugs"], row["services"], row["results"]]
            #expect(counts == [truth.drugs.count, truth.services.count, truth.results.count])
            #expect(row["age"] as Int? == truth.age)
        }
    }
}
