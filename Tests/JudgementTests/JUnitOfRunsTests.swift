import Composition
import Foundation
import JUnitReport
import Judgement
import ProgramTestSupport
import Supervision
import Testing

/// What continuous integration is told of a run, and that it is told whenever a run began.
@Suite struct JUnitOfRunsTests {
    private static func run(
        _ command: String, _ scenario: String, _ more: [String] = [], in directory: TemporaryDirectory
    ) async throws -> ProgramRun {
        let data = command == "run" ? ["--data", directory.path + "/data", "--quiet"] : []
        return try await ProgramRun.of(
            "cycle",
            [command, scenario, "--records", "40", "--junit", "j.xml", "--report", "r.json"] + data + more,
            in: directory)
    }

    private static func junit(in directory: TemporaryDirectory) throws -> String {
        try String(contentsOfFile: directory.path + "/j.xml", encoding: .utf8)
    }

    @Test func runHasACaseForEachAssertionFindingAndProgram() async throws {
        let directory = try TemporaryDirectory()
        let clean = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
        let path = try directory.write(
            clean.replacingOccurrences(of: "- refused == 0", with: "- refused == 1"), to: "a wrong one.yaml")
        let run = try await Self.run("run", path, ["--seed", "5"], in: directory)
        #expect(run.code == 1, "\(run.errors)")
        let xml = try Self.junit(in: directory)
        let command = "to repeat it: cycle run '\(path)' --records 40 --seed 5"
        #expect(xml.contains("name=\"refused == 1\""))
        #expect(xml.contains("<failure message=\"0 and 1\">refused == 1  (0 and 1)\n\(command)</failure>"), "\(xml)")
        for name in ["the run comes to its end", "conservation", "facility", "moh", "broker", "auditor"] {
            #expect(xml.contains("name=\"\(name)\""), "no case \(name)")
        }
        #expect(xml.contains("failures=\"1\" errors=\"0\""))

        // A program that gives up is a case that fails, and one of a broken run.
        let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json"))
        #expect(try ReportSchema("run-report").findings(written) == [])
        var report = try JSONDecoder().decode(RunReport.self, from: written)
        #expect(report.junit(repeatedBy: "again").failed == 1)
        report.details.processes[0].failure = "broker ended\n  its log"
        report.details.failure = "broker ended\n  its log"
        report.details.ending = .broken
        let broken = report.junit(repeatedBy: "again")
        #expect(broken.failed == 3)
        #expect(broken.xml.contains("<failure message=\"broker ended\">broker ended\n  its log\nto repeat it: again<"))
        #expect(broken.xml.contains("<error message=\"broker ended\">broker ended\n  its log\nsubmitted 40"))
    }

    @Test func runThatCouldNotStartLeavesReportAndCase() async throws {
        let directory = try TemporaryDirectory()
        let run = try await Self.run("run", "clean", ["--startup-timeout", "0.001"], in: directory)
        try #require(run.code == 2, "\(run.output) \(run.errors)")
        let xml = try Self.junit(in: directory)
        #expect(xml.contains("<error message="))
        #expect(xml.contains("errors=\"1\""))
        let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json"))
        #expect(try ReportSchema("run-report").findings(written) == [])
        let report = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
        #expect(report["ending"] as? String == "broken")
        #expect(report["hasBegun"] as? Bool == false)
        #expect((report["failure"] as? String)?.isEmpty == false)
        // Nobody has looked whether nothing was pending, say.
        let assertions = try #require(report["assertions"] as? [[String: Any]])
        #expect(!assertions.isEmpty && assertions.allSatisfy { $0["holds"] as? Bool == false })
        #expect(xml.contains("<failure message=\"it was not looked at\">pending == 0"))
        // Of a run that never began there is no table to read.
        #expect(!run.output.contains("cycles/s"))
    }

    @Test func simulationTellsTheSame() async throws {
        let directory = try TemporaryDirectory()
        let run = try await Self.run("simulate", "clean", in: directory)
        #expect(run.code == 0, "\(run.errors)")
        let xml = try Self.junit(in: directory)
        #expect(xml.contains("name=\"clean.assertions\"") && xml.contains("name=\"roots of the journals\""))
        #expect(xml.contains("failures=\"0\" errors=\"0\""))
        let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json"))
        #expect(try ReportSchema("simulation-report").findings(written) == [])
    }

    /// A simulation that breaks off says so in both files, and can be compared.
    @Test func simulationThatBreaksOffLeavesReportAndCase() async throws {
        let directory = try TemporaryDirectory()
        let clean = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/clean.yaml", encoding: .utf8)
        let persons = try #require(clean.firstRange(of: /persons: [0-9_]+/))
        let path = try directory.write(clean.replacingCharacters(in: persons, with: "persons: 1"), to: "nobody.yaml")
        let run = try await Self.run("simulate", path, in: directory)
        #expect(run.code == 2 && run.errors.contains("persons"), "\(run.output)\(run.errors)")
        let xml = try Self.junit(in: directory)
        #expect(xml.contains("name=\"the run comes to its end\"") && xml.contains("errors=\"1\""), "\(xml)")
        #expect(!xml.contains("name=\"conservation\""), "nobody has looked")
        let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json"))
        #expect(try ReportSchema("simulation-report").findings(written) == [])
        let report = try JSONDecoder().decode(SimulationReport.self, from: written)
        #expect(report.details.failure?.contains("persons") == true && !report.holds)
        #expect(report.figures.records == 40 && report.figures.scenario == "clean")
        #expect(!report.assertions.isEmpty && report.assertions.allSatisfy { !$0.holds && $0.left == nil })
        let compared = try await ProgramRun.of("cycle", ["compare", "r.json", "r.json"], in: directory)
        #expect(compared.code == 0, "\(compared.output)\(compared.errors)")
    }

    @Test(arguments: [["--junit", "none/j.xml"], ["--report", "none/r.json"], ["--junit", "."]])
    func placeThatCannotBeWrittenIsToldBeforeTheRun(options: [String]) async throws {
        let directory = try TemporaryDirectory()
        let run = try await ProgramRun.of(
            "cycle", ["run", "clean", "--records", "40", "--data", directory.path + "/data"] + options, in: directory)
        #expect(run.code == 2)
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/data"))
    }
}
