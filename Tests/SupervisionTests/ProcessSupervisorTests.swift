import Composition
import Foundation
import ProgramTestSupport
import Supervision
import Testing

@Suite struct ProcessSupervisorTests {
    let directory: TemporaryDirectory
    let events = EventQueue()

    init() throws { directory = try TemporaryDirectory() }

    private func supervisor(
        _ policy: RestartPolicy = RestartPolicy(), _ report: @escaping (String) -> Void = { _ in }
    )
        -> ProcessSupervisor
    {
        ProcessSupervisor(events: events, logDirectory: directory.path, policy: policy, report: report)
    }

    private func shell(_ script: String, name: String = "child") -> ManagedProgram {
        ManagedProgram(name: name, executable: "/bin/sh", arguments: ["-c", script])
    }

    private func nextExit() throws -> ChildExit {
        guard case .exited(let exit)? = events.next(milliseconds: 20_000) else {
            throw ProgramFailure("no child has ended")
        }
        return exit
    }

    @Test func killedChildIsStartedAgain() throws {
        var said: [String] = []
        let supervisor = supervisor { said.append($0) }
        try supervisor.start(shell("exec sleep 60"))
        let first = try #require(supervisor.running["child"])
        kill(first, SIGKILL)
        let exit = try nextExit()
        #expect(exit.signal == SIGKILL)
        try supervisor.handle(exit)
        #expect(supervisor.running.isEmpty)
        let wait = try #require(supervisor.millisecondsToRestart)
        #expect(events.next(milliseconds: wait + 1) == nil)
        try supervisor.restartDue()
        #expect(supervisor.running["child"] != nil)
        #expect(supervisor.running["child"] != first)
        #expect(supervisor.reports.map(\.restarts) == [1])
        #expect(said.count == 1)
        supervisor.stopAll()
    }

    @Test func childThatFailsAgainAndAgainIsGivenUpWithTheTailOfItsLog() throws {
        var policy = RestartPolicy()
        policy.firstDelay = .zero
        policy.quickFailureLimit = 3
        let supervisor = supervisor(policy)
        try supervisor.start(shell("echo the reason >&2; exit 7"))
        try supervisor.handle(try nextExit())
        try supervisor.restartDue()
        try supervisor.handle(try nextExit())
        try supervisor.restartDue()
        let exit = try nextExit()
        let failure = #expect(throws: ProgramFailure.self) { try supervisor.handle(exit) }
        #expect(failure?.reason.contains("3 times in a row, last with exit code 7") == true)
        #expect(failure?.reason.contains("the reason") == true)
        #expect(supervisor.reports.map(\.failure) == [failure?.reason])
    }

    @Test func childThatSaysItCannotRunIsNotStartedAgain() throws {
        let supervisor = supervisor()
        try supervisor.start(shell("echo port 1 is in use >&2; exit 2"))
        let exit = try nextExit()
        let failure = #expect(throws: ProgramFailure.self) { try supervisor.handle(exit) }
        #expect(failure?.reason.contains("port 1 is in use") == true)
        #expect(supervisor.reports.map(\.failure) == [failure?.reason])
    }

    @Test func childThatHasWorkedIsStartedAgainEvenAfterExitCodeTwo() throws {
        let supervisor = supervisor()
        try supervisor.start(shell("exit 2"))
        supervisor.noteReady("child")
        try supervisor.handle(try nextExit())
        #expect(supervisor.millisecondsToRestart != nil)
        supervisor.stopAll()
    }

    @Test func childThatDoesNotListenIsEndedByForce() throws {
        let supervisor = supervisor()
        try supervisor.start(shell("trap '' TERM; echo up; while :; do sleep 1; done", name: "deaf"))
        try supervisor.start(shell("exec sleep 60", name: "listens"))
        // The trap is set once the shell has spoken.
        while (FileManager.default.contents(atPath: supervisor.logPath("deaf")) ?? Data()).isEmpty {
            _ = events.next(milliseconds: 5)
        }
        #expect(supervisor.stopAll(patience: .milliseconds(300)) == ["deaf"])
        #expect(supervisor.running.isEmpty)
    }

    @Test func childGetsNoBlockedSignalsAndNoPipesOfOthers() throws {
        let supervisor = supervisor()
        try supervisor.start(shell("exec sleep 60", name: "sibling"))
        try supervisor.start(shell("grep SigBlk /proc/self/status; ls -l /proc/$$/fd; exit 3"))
        try supervisor.handle(try nextExit())
        let log = String(
            decoding: FileManager.default.contents(atPath: supervisor.logPath("child")) ?? Data(), as: UTF8.self)
        #expect(log.contains("SigBlk:\t0000000000000000"))
        let pipes = log.split(separator: "\n").filter { $0.contains(" -> pipe:") }
        #expect(pipes.count == 1, "\(log)")
        #expect(pipes.first?.contains(" 0 -> ") == true)
        supervisor.stopAll()
    }
}
