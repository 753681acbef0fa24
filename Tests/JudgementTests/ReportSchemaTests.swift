import Composition
import Foundation
import PartyRuntime
import ProgramTestSupport
import Testing

@testable import Judgement
@testable import Supervision

/// The JSON Schemas of reports know every field that is written, and no other.
@Suite struct ReportSchemaTests {
    private static func simulation() throws -> SimulationReport {
        try SimulatedScenario(setup: PartySetup(topology: nil, scenario: "everyday", records: 60)).run()
    }

    /// Everything that a report can say.
    private static func full() throws -> (run: RunReport, simulation: SimulationReport) {
        var simulation = try simulation()
        simulation.assertions = [
            AssertionReport(text: "a == b", holds: true, left: 1.5, right: -2),
            AssertionReport(text: "c == 1", holds: false, unknownFigure: "c", findings: ["here"]),
        ]
        simulation.details.failure = "it broke off"
        simulation.details.violations = ["moh: a"]
        simulation.details.wrongRoots = ["root.moh: b"]
        simulation.details.remarks = ["c"]
        let run = RunReport(
            figures: simulation.figures, assertions: simulation.assertions,
            details: RunDetails(
                ending: .broken, hasBegun: true, failure: "moh ended", outside: ["c06"], elapsedSeconds: 1.5,
                cyclesPerSecond: 2.5, firstCycleSeconds: 0.5,
                hops: [
                    HopReport(
                        topic: "moh.records", count: 1, p50Milliseconds: 1, p95Milliseconds: 2, p99Milliseconds: 3.5)
                ],
                processes: [
                    ProcessReport(
                        name: "moh", peakResidentBytes: 1, processorSeconds: 0.5, restarts: 2, failure: "no room")
                ], disk: [DiskUse(name: "moh", bytes: 1)],
                conservation: ConservationReport(
                    holds: false, violations: ["moh: a"],
                    parties: [
                        .init(
                            party: "moh", submitted: 1, shared: 2, refused: 3, pending: 4, withdrawn: 5, held: 6,
                            rows: ["shared": 2], journalLeaves: 7, strays: 8, unsentChunks: 9)
                    ]), auditor: AuditorFigures(leaves: 1, root: String(repeating: "0a", count: 32)),
                splitViews: [SplitViewReport(party: "c06", histories: "two", caughtBy: ["moh"])]))
        return (run, simulation)
    }

    @Test func everyFieldOfAReportIsKnownAndNoOther() throws {
        let (run, simulation) = try Self.full()
        for (name, document) in [("run-report", try run.json), ("simulation-report", try simulation.json)] {
            let schema = try ReportSchema(name)
            #expect(try schema.findings(document) == [], "\(name)")
            #expect(try schema.unseen(in: document) == [], "\(name) knows what no report says")
        }
    }

    /// A field that may be missing is one that the encoder leaves out.
    @Test func whatIsRequiredIsAlwaysThere() throws {
        var (run, simulation) = try Self.full()
        simulation.details.failure = nil
        simulation.assertions = [AssertionReport(text: "a", holds: false)]
        (run.details.failure, run.details.outside, run.details.firstCycleSeconds) = (nil, nil, nil)
        run.details.auditor = nil
        run.details.processes[0].failure = nil
        run.assertions = simulation.assertions
        #expect(try ReportSchema("run-report").findings(run.json) == [])
        #expect(try ReportSchema("simulation-report").findings(simulation.json) == [])
    }

    @Test func aComparisonIsAsItsSchemaSays() throws {
        let (run, simulation) = try Self.full()
        var other = run
        other.figures.shared += 1
        other.details.elapsedSeconds = 3
        let comparison = ReportComparison(ComparedReport(run), ComparedReport(other))
        let schema = try ReportSchema("comparison")
        #expect(try schema.findings(comparison.json) == [])
        #expect(try schema.unseen(in: comparison.json) == [])
        #expect(
            try schema.findings(ReportComparison(ComparedReport(simulation), ComparedReport(run)).json) == [])
    }

    @Test func whatIsWrongIsFound() throws {
        let schema = try ReportSchema("simulation-report")
        let report = try Self.simulation()
        #expect(try schema.findings(report.json) == [])
        let object = try #require(try JSONSerialization.jsonObject(with: report.json) as? [String: Any])
        func findings(_ name: String, _ value: Any?) throws -> Int {
            var wrong = object
            wrong[name] = value
            return try schema.findings(JSONSerialization.data(withJSONObject: wrong)).count
        }
        #expect(try findings("nobodyKnows", 1) == 1)
        #expect(try findings("shared", nil) == 1)
        #expect(try findings("shared", "1") == 1)
        #expect(try findings("refused", -1) == 1)
        #expect(try findings("digest", "xyz") == 1)
        #expect(try findings("submitted", 1.5) == 1)
        #expect(try findings("submitted", true) == 1)
        #expect(try findings("violations", [1]) == 1)
    }
}
