import Composition
import Foundation
import Judgement
import ProgramTestSupport
import Testing

/// `cycle compare`, on reports of simulations that were made for it.
@Suite struct ReportComparisonTests {
    private static func simulation(_ change: (inout SimulationReport) -> Void = { _ in }) throws -> SimulationReport {
        let setup = try PartySetup(topology: nil, scenario: "everyday", records: 60)
        var report = try SimulatedScenario(setup: setup).run()
        change(&report)
        return report
    }

    private static func compared(_ report: SimulationReport) throws -> ComparedReport {
        let directory = try TemporaryDirectory()
        let path = try directory.write(String(decoding: try report.json, as: UTF8.self), to: "r.json")
        return try ComparedReport(path: path)
    }

    @Test func sameSeedGivesTheSameAndEveryChangeIsNamed() throws {
        let report = try Self.simulation()
        let same = ReportComparison(try Self.compared(report), try Self.compared(try Self.simulation()))
        #expect(same.isSame && same.measured.isEmpty)
        #expect(same.text == "the same came out of both")

        var other = report
        other.figures.shared -= 2
        other.figures.refusedByReason["vss.010"] = 7
        other.figures.roots["moh"] = "00"
        other.assertions[0].holds = false
        other.details.violations = ["moh: a", "vss: b"]
        let comparison = ReportComparison(try Self.compared(report), try Self.compared(other))
        #expect(!comparison.isSame)
        let found = Dictionary(uniqueKeysWithValues: comparison.outcome.map { ($0.name, $0) })
        #expect(
            Set(found.keys) == [
                "shared", "refused.vss.010", "root.moh", "assertion \(report.assertions[0].text)", "conservation",
            ])
        #expect(found["shared"]?.first == String(report.figures.shared))
        #expect(found["shared"]?.second == String(other.figures.shared))
        #expect(found["conservation"]?.first == nil && found["conservation"]?.second == "moh: a; vss: b")
        #expect(comparison.text.contains("came out differently"))
    }

    @Test func otherSeedDiffersInDigest() throws {
        let setup = try PartySetup(topology: nil, scenario: "everyday", records: 60, seed: 99)
        let other = try SimulatedScenario(setup: setup).run()
        let names = ReportComparison(try Self.compared(try Self.simulation()), try Self.compared(other)).outcome.map(
            \.name)
        #expect(names.contains("seed") && names.contains("digest of all effects"))
    }

    @Test(arguments: ["", "{}", "[1]", "{\"submitted\": 1}"])
    func whatIsNoReportIsRefused(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "r.json")
        #expect(throws: ProgramFailure.self) { try ComparedReport(path: path) }
    }

    @Test func fileThatIsNotThereIsNamed() {
        #expect {
            try ComparedReport(path: "/nowhere/r.json")
        } throws: {
            "\($0)".contains("/nowhere/r.json")
        }
    }
}
