import Foundation
import Synchronization

/// A started program: its end can be awaited, its output goes to files, and it does not outlive the test.
final class Program: Sendable {
    let process: Process
    private let folder: TemporaryDirectory
    private let end = ExitNote()
    /// Its standard input: the parties' own wish to end with whoever started them hangs on it.
    private let input = Pipe()

    /// - Parameter directory: where it runs.
    init(_ executable: String, _ arguments: [String], in directory: String) throws {
        folder = try TemporaryDirectory()
        process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = input
        process.standardOutput = try Self.file(folder.path + "/out")
        process.standardError = try Self.file(folder.path + "/err")
        let end = end
        process.terminationHandler = { process in
            let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            let time = ContinuousClock.now
            Task { await end.note(status, at: time) }
        }
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { (try? String(contentsOfFile: folder.path + "/out", encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: folder.path + "/err", encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end; a program that has not ended by then is ended by force.
    /// - Returns: The exit code, or the signal's number below zero.
    func exit(within limit: Duration = .seconds(120)) async -> Int32 {
        await ended(within: limit).status
    }

    /// Sends a signal and waits for the end.
    /// - Returns: Also how long it took.
    func stop(_ signal: Int32 = SIGTERM) async -> (status: Int32, took: Duration) {
        let start = ContinuousClock.now
        send(signal)
        let end = await ended(within: .seconds(20))
        return (end.status, start.duration(to: end.time))
    }

    private func ended(within limit: Duration) async -> (status: Int32, time: ContinuousClock.Instant) {
        let process = process.processIdentifier
        let guardian = Task {
            try await Task.sleep(for: limit)
            kill(process, SIGKILL)
        }
        defer { guardian.cancel() }
        return await end.value()
    }
}

/// When and how a program ended, for any number of waiters.
private actor ExitNote {
    private var ended: (status: Int32, time: ContinuousClock.Instant)?
    private var waiters: [CheckedContinuation<(status: Int32, time: ContinuousClock.Instant), Never>] = []

    func note(_ status: Int32, at time: ContinuousClock.Instant) {
        ended = (status, time)
        for waiter in waiters { waiter.resume(returning: (status, time)) }
        waiters.removeAll()
    }

    func value() async -> (status: Int32, time: ContinuousClock.Instant) {
        if let ended { return ended }
        return await withCheckedContinuation { waiters.append($0) }
    }
}
