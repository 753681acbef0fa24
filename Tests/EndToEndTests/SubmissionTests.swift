import Foundation
import Judgement
import PartyCore
import PartyRuntime
import Supervision
import Testing

/// Visits that come by hand go into the facility that runs.
@Suite struct SubmissionTests {
    /// Into a run: the run ends, is exact, and nobody's log complains. Its facility rests meanwhile, so that the run
    /// cannot end before all is submitted.
    @Test func visitsSubmittedIntoARunAreJudgedWithIt() async throws {
        var scenario = TestScenario()
        scenario.name = "visited"
        scenario.records = 300
        scenario.load = "maximumPending: 500, recordsPerSecond: 100"
        scenario.assertions += ["pending == 0", "shared == records", "deadLetters == 0"]
        var larger = scenario
        larger.name = "larger"
        larger.records = 2_000
        let (written, more) = (scenario, larger)
        try await ExchangeSlots.run { directory in
            let path = try written.write(in: directory)
            // Of the run's own people; the last visits are beyond what its facility submits by itself.
            let all = try await Self.program(
                "facility", directory,
                ["export", "--scenario", try more.write(in: directory), "--records", "400", "-o", "all.xml"])
            #expect(all.status == 0, "\(all.errors)")
            let run = try CycleRun.start(path, in: directory)
            try await run.until("the facility runs") { run.status("facility") != nil }
            let rest = try await Self.program(
                "cycle", directory, ["party", "pause", "facility", "--data", directory.data])
            #expect(rest.output == "facility rests\n", "\(rest.errors)")
            let submit = ["submit", "all.xml", "--data", directory.data]
            let first = try await Self.program("facility", directory, submit)
            #expect(first.status == 0, "\(first.output)\(first.errors)")
            // By another desk, in another directory: the same visits.
            try FileManager.default.createDirectory(
                atPath: directory.path + "/elsewhere", withIntermediateDirectories: true)
            let second = try await Self.program(
                "facility", directory, ["submit", directory.path + "/all.xml", "--data", directory.data],
                from: "/elsewhere")
            let lines = second.output.split(separator: "\n").dropLast()
            #expect(
                !lines.isEmpty
                    && lines.allSatisfy {
                        $0.hasSuffix("was sent before, no answer yet") || $0.hasSuffix("shared already")
                    },
                "\(second.output)\(second.errors)")
            let resumed = try await Self.program(
                "cycle", directory, ["party", "resume", "facility", "--data", directory.data])
            #expect(resumed.status == 0, "\(resumed.errors)")
            let end = await run.finish()
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            try end.expectExact()
            let report = try end.report
            #expect(report.figures.submitted > 300 && report.figures.records == report.figures.submitted)
            #expect(try run.layout.errorLines() == [])
        }
    }

    @Test func aStoppedExchangeSaysSoAndHowToStartIt() async throws {
        try await ExchangeSlots.run { directory in
            let export = try await Self.program(
                "facility", directory, ["export", "--scenario", "clean", "--records", "1", "-o", "one.xml"])
            #expect(export.status == 0)
            let none = try await Self.program("facility", directory, ["submit", "one.xml", "--data", directory.data])
            #expect(none.status == 2 && none.errors.contains("cycle up --data \(directory.data)"), "\(none.errors)")
            let run = try await CycleRun.up(in: directory, [])
            run.program.send(SIGTERM)
            #expect(await run.program.exit(within: .seconds(30)) == 0)
            let stopped = try await Self.program(
                "facility", directory, ["submit", "one.xml", "--data", directory.data])
            #expect(stopped.status == 2 && stopped.output == "")
            #expect(
                stopped.errors
                    == "facility submit: the exchange in \(directory.data) is not running; start it with: "
                    + "cycle up --data \(directory.data)\n")
        }
    }

    /// The shards of one party read each other's checkpoints: no log of a healthy run has a line at `error`.
    @Test func aHealthyRunOfInstancesLeavesNoErrorInAnyLog() async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start("instances", in: directory, ["--records", "400"])
            let end = await run.finish()
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            #expect(try run.layout.errorLines() == [])
        }
    }

    private static func program(
        _ name: String, _ directory: TemporaryDirectory, _ arguments: [String], from folder: String = ""
    ) async throws -> (status: Int32, output: String, errors: String) {
        let program = try Program(BuiltPrograms.path(name), arguments, in: directory.path + folder)
        let status = await program.exit(within: .seconds(100))
        return (status, program.output, program.errors)
    }
}

extension ExchangeLayout {
    /// Lines at `error` or above in all logs.
    func errorLines() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: logDirectory).sorted().flatMap { name in
            try String(contentsOfFile: logDirectory + "/" + name, encoding: .utf8).split(separator: "\n")
                .filter { $0.contains(" error ") || $0.contains(" critical ") }.map { "\(name): \($0)" }
        }
    }
}
