import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// Whole exchanges of built programs: few, because each starts seven processes.
@Suite(.serialized) struct StandingExchangeTests {
    let directory: TestDirectory
    var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TestDirectory() }

    private func up() throws -> (program: StartedProgram, broker: String) {
        let program = try ProgramRun.start("cycle", ["up", "--data", layout.directory], in: directory)
        let text = try #require(try program.awaitText("end it with", in: program.outputPath), "cycle up has ended")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("broker ") })
        return (program, String(line.dropFirst("broker ".count)))
    }

    /// Waits until a process has let go of its data directory, which the kernel does at its end.
    private func awaitRelease(_ path: String) {
        let file = open(path + "/lock", O_RDWR | O_CLOEXEC)
        defer { close(file) }
        flock(file, LOCK_EX)
    }

    private func isAlive(_ process: Int32) -> Bool {
        guard let stat = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return false }
        return !String(decoding: stat, as: UTF8.self).contains(") Z ")
    }

    @Test func exportedVisitsGoTheWholeCycleOnce() async throws {
        let (program, broker) = try up()
        let export = try await ProgramRun.of(
            "facility", ["export", "--scenario", "clean", "--records", "6", "-o", "e.xml"], in: directory)
        #expect(export.code == 0)
        let submit = ["submit", "e.xml", "--bootstrap-servers", broker, "--wait", "60"]
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
        #expect(try await program.finish().code == 0)
        #expect(!layout.isInUse)
    }

    @Test func killedDirectorLeavesNoProcessBehind() async throws {
        let (program, _) = try up()
        let record = try #require(try layout.record())
        #expect(record.processes.count == 7)
        kill(record.director, SIGKILL)
        _ = try await program.finish()
        for name in record.processes.keys { awaitRelease(layout.partyDirectory(name)) }
        // The lock goes a moment before the process does.
        for process in record.processes.values { while isAlive(process) { sched_yield() } }
        #expect(record.processes.values.allSatisfy { !isAlive($0) })
    }

    @Test func interruptedRunStopsEverythingAndSaysSo() async throws {
        let program = try ProgramRun.start(
            "cycle", ["run", "hanoi-pilot", "--data", layout.directory], in: directory)
        _ = try program.awaitText("\"locality\"", in: layout.recordPath)
        kill(program.process.processIdentifier, SIGINT)
        let run = try await program.finish()
        #expect(run.code == 130)
        #expect(run.errors.contains("interrupted; all programs have stopped"))
        #expect(try layout.record()?.processes.isEmpty == true)
    }
}
