import Foundation
import ProgramTestSupport
import Testing

/// The harness of all tests that start programs: what it awaits must come from the program, and what is missing must be said.
@Suite struct ProgramHarnessTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func shell(_ script: String) throws -> Program { try Program("/bin/sh", ["-c", script], in: directory) }

    @Test func theEndOfAProcessThatIsNobodysChildIsAwaited() async throws {
        let parent = try shell("sleep 0.3 > /dev/null & echo $!")
        let child = try #require(Int32(await parent.finish().output.trimmingCharacters(in: .whitespacesAndNewlines)))
        try await awaitEnd(of: [child])
        let isThere = try runs(child)
        #expect(!isThere)
        let other = try shell("exec sleep 60")
        await #expect(throws: NotInTime.self) { try await awaitEnd(of: [other.identifier], within: .milliseconds(50)) }
        #expect(await other.stop(SIGKILL).status == -SIGKILL)
        try await awaitEnd(of: [other.identifier], within: .zero)
    }

    private func runs(_ process: Int32) throws -> Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z"
        return !stat.contains(") Z")
    }

    @Test func waitingForAProgramThatHasEndedIsInVain() async throws {
        let program = try shell("echo some words; exit 3")
        let start = ContinuousClock.now
        let error = await #expect(throws: NotInTime.self) { try await program.lines(with: "other words") }
        #expect(error?.description.contains("sh has ended\nsome words") == true)
        #expect(ContinuousClock.now - start < .seconds(50), "the time for words that may come was not waited for")
        #expect(try await program.lines(with: "some words") == "some words\n")
        #expect(await program.exit() == 3)
    }

    @Test func linesAreCountedAsTheyAreWritten() async throws {
        let program = try shell("for i in 1 2 3; do echo line $i; sleep 0.1; done; exec sleep 60")
        #expect(try await program.lines(3, with: "line") == "line 1\nline 2\nline 3\n")
        await #expect(throws: NotInTime.self) {
            try await program.lines(4, with: "line", within: .milliseconds(50))
        }
        #expect(program.isRunning)
    }

    @Test func eachProgramHasItsOwnAllowance() async throws {
        let slow = try shell("trap 'sleep 0.5; exit 0' TERM; echo ready; while :; do sleep 0.01; done")
        _ = try await slow.lines(with: "ready")
        let end = await slow.stop()
        #expect(end.status == 0 && end.took >= .milliseconds(500) && end.own <= end.took)
        #expect(end.isPrompt(within: .seconds(20)) && !end.isPrompt(within: .milliseconds(100)))
    }

    /// What would not end is ended, and nothing of it stays.
    @Test func aProgramDoesNotOutliveItsTest() async throws {
        var stubborn: Program? = try shell("trap '' TERM; echo ready; while :; do sleep 0.01; done")
        _ = try await stubborn?.lines(with: "ready")
        let process = try #require(stubborn?.identifier)
        #expect(await stubborn?.exit(within: .milliseconds(50)) == -SIGKILL)
        stubborn = try shell("exec sleep 60")
        let next = try #require(stubborn?.identifier)
        stubborn = nil
        try await awaitEnd(of: [process, next])
    }
}
