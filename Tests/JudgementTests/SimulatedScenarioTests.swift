import Composition
import Foundation
import Judgement
import ProgramTestSupport
import Testing
import Topology
import Vocabulary

/// The second host: deterministic, and right by the population's own truth.
@Suite struct SimulatedScenarioTests {
    private func simulate(_ name: String, records: Int, seed: UInt64? = nil) throws -> SimulationReport {
        let setup = try PartySetup(
            topology: nil, scenario: name, records: records, seed: seed,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        return try SimulatedScenario(setup: setup).run()
    }

    @Test func theSameSeedGivesTheSameEffects() throws {
        let first = try simulate("everyday", records: 400, seed: 7)
        let second = try simulate("everyday", records: 400, seed: 7)
        #expect(first.digest == second.digest)
        #expect(first.journalLeaves == second.journalLeaves)
        #expect(first.roots == second.roots && first.roots.count == 5)
        #expect(first.text.contains("root.moh  \(first.roots["moh"] ?? "")"))
    }

    /// The root that one run prints can be asserted of the next; any other is named with what was found.
    @Test func theGoldenRootIsAssertable() throws {
        let directory = try TemporaryDirectory()
        let first = try simulate("clean", records: 150)
        let golden = try #require(first.roots["vss"])
        func again(_ root: String) throws -> SimulationReport {
            let text = try String(
                contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
            return try simulate(
                try directory.write(text + "simulatedRoots: { vss: \(root) }\n", to: "golden.yaml"), records: 150)
        }
        let held = try again(golden)
        #expect(held.wrongRoots == [] && held.text.hasSuffix("all held"))
        let wrong = String(golden.reversed())
        let failed = try again(wrong)
        #expect(failed.wrongRoots == ["root.vss: expected \(wrong), found \(golden)"])
        #expect(!failed.holds && failed.text.contains("FAILS      root.vss: expected \(wrong), found \(golden)"))
        #expect(throws: TopologyErrors.self) { try again("\(golden)0") }
    }

    @Test func anotherSeedGivesOtherEffects() throws {
        let first = try simulate("everyday", records: 200, seed: 7)
        let second = try simulate("everyday", records: 200, seed: 8)
        #expect(first.digest != second.digest)
        #expect(first.roots.keys.allSatisfy { first.roots[$0] != second.roots[$0] })
    }

    /// On the route of July 2026 VSS looks first, and the population's truth says what it answers.
    @Test(arguments: [
        "clean", "everyday", "refusals", "identity-traps", "april-2024", "the-day-after", "hanoi-pilot-phase-3",
        "insurance",
    ])
    func everyShippedScenarioIsExactOnTheSecondRoute(name: String) throws {
        // The day after waits for 2,500 held records.
        let setup = try PartySetup(
            topology: BuiltPrograms.topologyFolder + "/2026-07.yaml", scenario: name,
            records: name == "the-day-after" ? 2_700 : 1_000,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let report = try SimulatedScenario(setup: setup).run()
        #expect(report.violations == [])
        // The scenario of refusals asks for each of MoH's at least once; a card of wrong shape VSS sees first.
        let failed = report.assertions.filter { !$0.holds }.map(\.text)
        #expect(failed == (name == "refusals" ? ["refused.moh.card-malformed > 0", "refused.moh.unreadable > 0"] : []))
        let truth = GroundTruth(
            population: try setup.population("a test"), records: setup.records, asking: [.vss, .moh, .c06])
        if name != "april-2024" { #expect(report.refusedByReason == truth.refused) }
        #expect(report.submitted == report.records && report.wrongMatches <= truth.wrongMatches)
    }

    /// Roots pinned in a scenario are those of its own topology.
    @Test func rootsOfAnotherTopologyAreNotCompared() throws {
        let directory = try TemporaryDirectory()
        let text = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
        let root = String(repeating: "0", count: 64)
        let scenario = try directory.write(text + "simulatedRoots: { vss: \(root) }\n", to: "golden.yaml")
        func simulate(_ topology: String?) throws -> SimulationReport {
            let setup = try PartySetup(
                topology: topology.map { "\(BuiltPrograms.topologyFolder)/\($0)" }, scenario: scenario, records: 50,
                files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
            return try SimulatedScenario(setup: setup).run()
        }
        let other = try simulate("2026-07.yaml")
        #expect(other.holds && other.wrongRoots == [] && other.text.contains("were not compared"))
        for own in [nil, "2024-04.yaml"] {
            let report = try simulate(own)
            #expect(!report.holds && report.wrongRoots.count == 1 && report.remarks == [])
        }
    }

    @Test(arguments: ["clean", "everyday", "refusals", "identity-traps", "april-2024", "the-day-after", "insurance"])
    func everyShippedScenarioHolds(name: String) throws {
        let setup = try PartySetup(
            topology: nil, scenario: name, files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let report = try SimulatedScenario(setup: setup).run()
        #expect(report.violations == [])
        #expect(report.assertions.filter { !$0.holds } == [])
        #expect(report.submitted == report.records)
    }

    @Test func whatIsHeldStaysHeldWhileOneHasNotSigned() throws {
        let report = try simulate("april-2024", records: 300)
        #expect(report.shared == 0)
        #expect(report.held > 0)
        #expect(report.pending == report.held)
    }

    /// As after a run: what fails says why.
    @Test func anAssertionThatFailsSaysBothValues() throws {
        let directory = try TemporaryDirectory()
        let clean = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
        let path = try directory.write(
            clean.replacingOccurrences(of: "- refused == 0", with: "- refused == 1\n  - cyclesPerSecond > 1"),
            to: "wrong.yaml")
        let report = try simulate(path, records: 20)
        let lines = report.text.split(separator: "\n")
        #expect(lines.contains("FAILS      refused == 1  (0 and 1)") && lines.last == "not all held")
        #expect(!report.text.contains("cyclesPerSecond"))
    }

    /// Figures and details of either host stand in one JSON object, and are read back.
    @Test func theReportIsOneObject() throws {
        let report = try simulate("everyday", records: 100)
        let object = try #require(try JSONSerialization.jsonObject(with: try report.json) as? [String: Any])
        let names = [
            "scenario", "submitted", "shared", "roots", "assertions", "digest", "violations", "virtualSeconds",
        ]
        #expect(names.filter { object[$0] == nil } == [])
        let again = try JSONDecoder().decode(SimulationReport.self, from: try report.json)
        #expect(try again.json == report.json && again.figures == report.figures && again.digest == report.digest)
    }
}
