import Composition
import Foundation
import GRDB
import Judgement
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing

/// The judgement after a run, on the data of a real one that is then spoilt.
@Suite(.serialized) struct RunEvaluationTests {
    let directory: TemporaryDirectory
    var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ scenario: String, _ records: Int) async throws -> ProgramRun {
        try await ProgramRun.of(
            "cycle",
            [
                "run", scenario, "--records", String(records), "--data", layout.directory, "--report", "r.json",
                "--quiet",
            ], in: directory)
    }

    private func evaluate() throws -> RunReport {
        let setup = try PartySetup(topology: layout.topologyPath, scenario: layout.scenarioPath, records: 120)
        return try RunEvaluation(layout: layout, setup: setup, statuses: [:])
            .report(RunEnd(startedAt: 0, ending: .settled, hasBegun: true))
    }

    private func spoil(_ party: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: layout.partyDirectory(party) + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func cleanRunHoldsAndEverySpoiltRowIsFound() async throws {
        let run = try await run("clean", 120)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("holds   conservation"))
        let object = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json")))
        let report = try #require(object as? [String: Any])
        let required = [
            "submitted", "shared", "refused", "pending", "refusedByReason", "elapsedSeconds", "cyclesPerSecond", "hops",
            "processes", "conservation", "held", "resubmitted", "corrected", "wrongMatches", "duplicatesIgnored",
            "deadLetters", "firstCycleSeconds", "assertions",
        ]
        #expect(required.filter { report[$0] == nil } == [])
        let hop = try #require((report["hops"] as? [[String: Any]])?.first)
        #expect(
            ["topic", "count", "p50Milliseconds", "p95Milliseconds", "p99Milliseconds"].allSatisfy { hop[$0] != nil })
        #expect(try evaluate().conservation.holds)

        try spoil("locality", "DELETE FROM record WHERE id = (SELECT min(id) FROM record)")
        let lost = try evaluate()
        #expect(!lost.conservation.holds)
        #expect(
            lost.conservation.violations.contains {
                $0.contains("locality: the ledger says shared 120, the rows say 119")
            })
        #expect(lost.duplicatesApplied == 1)

        try spoil("moh", "DELETE FROM journal WHERE first = (SELECT min(first) FROM journal)")
        #expect(try evaluate().conservation.violations.contains { $0.contains("moh: the journal has a gap at leaf 0") })

        let again = try await self.run("clean", 120)
        #expect(again.code == 2)
        #expect(again.errors.contains("holds another run"))
    }

    @Test func heldRunEndsWithEverythingHeld() async throws {
        let run = try await run("april-2024", 300)
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        #expect(run.output.contains("held by an agreement"))
    }

    @Test func failedAssertionEndsWithOne() async throws {
        let clean = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
        let path = try directory.write(
            clean.replacingOccurrences(of: "- refused == 0", with: "- refused == 1"), to: "wrong.yaml")
        let run = try await run(path, 50)
        #expect(run.code == 1)
        #expect(run.output.contains("FAILED  refused == 1  (0 and 1)"))
    }
}
