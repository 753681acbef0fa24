import Composition
import Foundation

/// Starts programs, starts them again when they end unasked, and stops them. It belongs to one thread, which also takes
/// the events and hands the exits in.
public final class ProcessSupervisor {
    private struct Entry {
        var program: ManagedProgram
        var child: ChildProcess?
        var startedAt: ContinuousClock.Instant
        var restartAt: ContinuousClock.Instant?
        var quickFailures = 0
        var wasReady = false
        var restarts = 0
        var failure: String?
        var peakResidentBytes: Int64 = 0
        var processorSeconds = 0.0
    }

    private let events: EventQueue
    private let logDirectory: String
    private let policy: RestartPolicy
    private let report: (String) -> Void
    private var entries: [Entry] = []

    /// A supervisor of nothing yet.
    /// - Parameter report: Told, in a line or more, of every end and restart.
    public init(
        events: EventQueue, logDirectory: String, policy: RestartPolicy = RestartPolicy(),
        report: @escaping (String) -> Void
    ) {
        self.events = events
        self.logDirectory = logDirectory
        self.policy = policy
        self.report = report
    }

    /// Process identifiers of what runs now, by name.
    public var running: [String: Int32] {
        Dictionary(
            uniqueKeysWithValues: entries.compactMap { entry in entry.child.map { (entry.program.name, $0.process) } })
    }

    /// Milliseconds until a restart is due; nil when none is.
    public var millisecondsToRestart: Int? {
        entries.compactMap(\.restartAt).min().map {
            max(0, Int((ContinuousClock.now.duration(to: $0)) / .milliseconds(1)))
        }
    }

    /// What the programs used so far.
    public var reports: [ProcessReport] {
        entries.map {
            ProcessReport(
                name: $0.program.name, peakResidentBytes: $0.peakResidentBytes, processorSeconds: $0.processorSeconds,
                restarts: $0.restarts, failure: $0.failure)
        }
    }

    /// Path of a program's log.
    public func logPath(_ name: String) -> String { "\(logDirectory)/\(name).log" }

    /// Starts a program and keeps it running.
    /// - Throws: ``ProgramFailure`` when it cannot be started at all.
    public func start(_ program: ManagedProgram) throws {
        var entry = Entry(program: program, startedAt: .now)
        try launch(&entry)
        entries.append(entry)
    }

    /// Changes the arguments for later restarts.
    public func setArguments(of name: String, to arguments: [String]) {
        for index in entries.indices where entries[index].program.name == name {
            entries[index].program.arguments = arguments
        }
    }

    /// Notes that a program has shown that it works: from now on even exit code 2 only leads to a restart.
    public func noteReady(_ name: String) {
        for index in entries.indices where entries[index].program.name == name { entries[index].wasReady = true }
    }

    /// Takes in that a child has ended, and plans its restart.
    /// - Throws: ``ProgramFailure`` with the tail of its log, when it says that it cannot run, or has failed too often.
    public func handle(_ exit: ChildExit) throws {
        guard let index = entries.firstIndex(where: { $0.child?.process == exit.process }) else { return }
        noteEnd(index, exit)
        let entry = entries[index]
        let name = entry.program.name
        if !entry.wasReady, let code = exit.code, code == 2 || code == 64 {
            throw giveUp(index, "\(name) cannot run (\(exit.text)):\n\(LogTail.read(logPath(name)))")
        }
        let wasHealthy = ContinuousClock.now - entry.startedAt >= policy.healthyAfter
        entries[index].quickFailures = wasHealthy ? 1 : entry.quickFailures + 1
        guard let delay = policy.delay(afterQuickFailures: entries[index].quickFailures) else {
            throw giveUp(
                index,
                "\(name) ended \(entries[index].quickFailures) times in a row, last with \(exit.text):\n"
                    + LogTail.read(logPath(name)))
        }
        entries[index].restartAt = ContinuousClock.now + delay
        let milliseconds = Int(delay / .milliseconds(1))
        report(
            "\(name) ended with \(exit.text); starting it again in \(milliseconds) ms\n"
                + LogTail.read(logPath(name), lines: 3))
    }

    private func giveUp(_ index: Int, _ reason: String) -> ProgramFailure {
        entries[index].failure = reason
        return ProgramFailure(reason)
    }

    /// Starts again what is due.
    public func restartDue() throws {
        for index in entries.indices {
            guard let due = entries[index].restartAt, due <= .now else { continue }
            entries[index].restarts += 1
            try launch(&entries[index])
        }
    }

    /// Measures the memory of what runs.
    public func sample() {
        for index in entries.indices {
            guard let process = entries[index].child?.process else { continue }
            let peak = ProcessMemory.peakResidentBytes(of: process) ?? 0
            entries[index].peakResidentBytes = max(entries[index].peakResidentBytes, peak)
        }
    }

    /// Stops everything in order: asks, waits, and ends what does not listen.
    /// - Returns: Names of the programs that had to be ended by force.
    @discardableResult
    public func stopAll(patience: Duration? = nil) -> [String] {
        sample()
        for index in entries.indices { entries[index].restartAt = nil }
        return ManagedProgram.StopTurn.allCases.flatMap { turn in
            stop(entries.indices.filter { entries[$0].program.stops == turn }, patience ?? turn.patience)
        }
    }

    private func stop(_ indices: [Int], _ patience: Duration) -> [String] {
        for index in indices { entries[index].child?.send(SIGTERM) }
        awaitEnds(indices, patience)
        let stubborn = indices.filter { entries[$0].child != nil }
        for index in stubborn { entries[index].child?.send(SIGKILL) }
        awaitEnds(stubborn, patience)
        return stubborn.map { entries[$0].program.name }
    }

    private func awaitEnds(_ indices: [Int], _ patience: Duration) {
        let deadline = ContinuousClock.now + patience
        while indices.contains(where: { entries[$0].child != nil }) {
            let left = Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1))
            guard left > 0 else { return }
            guard case .exited(let exit) = events.next(milliseconds: left) else { continue }
            if let index = entries.firstIndex(where: { $0.child?.process == exit.process }) { noteEnd(index, exit) }
        }
    }

    private func noteEnd(_ index: Int, _ exit: ChildExit) {
        entries[index].child?.closeInput()
        entries[index].child = nil
        entries[index].processorSeconds += exit.processorSeconds
    }

    private func launch(_ entry: inout Entry) throws {
        entry.child = try ChildProcess(
            executable: entry.program.executable, arguments: entry.program.arguments,
            logPath: logPath(entry.program.name), events: events)
        entry.startedAt = .now
        entry.restartAt = nil
    }
}
