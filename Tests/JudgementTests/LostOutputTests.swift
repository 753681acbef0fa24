import Foundation
import ProgramTestSupport
import Testing

@testable import Judgement

/// Small things that a person meets at the terminal, by the programs themselves.
@Suite struct LostOutputTests {
    private func shell(_ line: String, in directory: TemporaryDirectory) async throws -> ProgramRun {
        let text = line.replacing("cycle", with: BuiltPrograms.folder + "/cycle", maxReplacements: 1)
        return try await Program("/bin/sh", ["-c", text], in: directory).finish()
    }

    /// The result is what the command is for: without it, it has not succeeded.
    @Test func aResultThatIsLostIsNoSuccess() async throws {
        let directory = try TemporaryDirectory()
        let scenario = BuiltPrograms.topologyFolder + "/scenarios/clean.yaml"
        let lost = try await shell("cycle simulate \(scenario) --records 2 > /dev/full", in: directory)
        #expect(lost.code == 2)
        #expect(lost.errors == "cycle simulate: the output was lost: No space left on device\n")
        let kept = try await shell("cycle simulate \(scenario) --records 2", in: directory)
        #expect(kept.code != 2 && kept.output.contains("submitted  2"))
    }

    @Test func aDirectoryAsScenarioIsOneLine() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path + "/some.yaml", withIntermediateDirectories: false)
        for command in ["run", "simulate"] {
            let run = try await ProgramRun.of("cycle", [command, "some.yaml"], in: directory)
            #expect(run.code == 2)
            #expect(run.errors.hasSuffix("some.yaml is a directory; name a file\n"), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func aReportToADeviceLeavesTheDevice() async throws {
        let directory = try TemporaryDirectory()
        let scenario = BuiltPrograms.topologyFolder + "/scenarios/clean.yaml"
        let run = try await ProgramRun.of(
            "cycle", ["simulate", scenario, "--records", "2", "--report", "/dev/null"], in: directory)
        var status = stat()
        let isThere = lstat("/dev/null", &status) == 0
        #expect(run.code != 2 && isThere && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func anAssertionThatFailsSaysBothValues() {
        func line(_ holds: Bool, _ left: Double?, _ right: Double?, unknown: String? = nil) -> String {
            AssertionReport(text: "shared == 5", holds: holds, left: left, right: right, unknownFigure: unknown).line
        }
        #expect(line(true, 5, 5) == "shared == 5")
        #expect(line(false, 4, 5) == "shared == 5  (4 and 5)")
        #expect(line(false, 4.25, nil) == "shared == 5  (4.250 and none)")
        #expect(line(false, nil, nil, unknown: "shard") == "shared == 5  (there is no figure shard)")
    }
}
