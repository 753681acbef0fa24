import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// Whole exchanges of built programs: few, because each starts seven processes.
@Suite(.serialized) struct StandingExchangeTests {
    let directory: TemporaryDirectory
    var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TemporaryDirectory() }

    private func up() async throws -> (program: Program, broker: String) {
        let program = try ProgramRun.start("cycle", ["up", "--data", layout.directory], in: directory)
        return (program, try await program.brokerAddress())
    }

    @Test func exportedVisitsGoTheWholeCycleOnce() async throws {
        let (program, _) = try await up()
        let export = try await ProgramRun.of(
            "facility", ["export", "--scenario", "clean", "--records", "6", "-o", "e.xml"], in: directory)
        #expect(export.code == 0)
        let submit = ["submit", "e.xml", "--data", layout.directory, "--wait", "60"]
        let first = try await ProgramRun.of("facility", submit, in: directory)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output.contains("6 sound visits: 6 shared, 0 refused, 0 without an answer; 0 kept back"))
        let second = try await ProgramRun.of("facility", submit, in: directory)
        #expect(second.code == 0)
        #expect(second.output.split(separator: "\n").count { $0.hasSuffix("shared already") } == 6)

        let tail = try await ProgramRun.of(
            "cycle",
            ["tail", "facility.records", "--data", layout.directory, "--from-beginning", "--purpose", "a test"],
            in: directory)
        let lines = tail.output.split(separator: "\n")
        #expect(lines.count == 6)
        let line = try #require(lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let data = try #require(object["data"] as? [String: Any])
        let administrative = try #require(data["administrative"] as? [String: Any])
        #expect((administrative["hoTen"] as? String)?.isEmpty == false)

        let down = try await ProgramRun.of("cycle", ["down", "--data", layout.directory], in: directory)
        #expect(down.output == "stopped\n")
        #expect(await program.finish().code == 0)
        #expect(!layout.isInUse)
    }

    @Test func killedDirectorLeavesNoProcessBehind() async throws {
        let (program, _) = try await up()
        let record = try #require(try layout.record())
        #expect(record.processes.count == 7)
        kill(record.director, SIGKILL)
        _ = await program.finish()
        try await awaitEnd(of: record.processes.values)
    }

    @Test func interruptedRunStopsEverythingAndSaysSo() async throws {
        let program = try ProgramRun.start(
            "cycle", ["run", "hanoi-pilot", "--data", layout.directory], in: directory)
        _ = try await program.lines(with: "\"locality\"", in: layout.recordPath)
        program.send(SIGINT)
        let run = await program.finish()
        #expect(run.code == 130)
        #expect(run.errors.contains("interrupted; all programs have stopped"))
        #expect(try layout.record()?.processes.isEmpty == true)
    }
}
