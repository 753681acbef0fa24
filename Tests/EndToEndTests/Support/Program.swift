import Foundation
import Synchronization

@testable import Supervision

/// A started program: its end can be awaited, its output goes to files, and it does not outlive the test.
///
/// Started as `cycle` starts programs, for Foundation's `Process` learns of an end when the last copy of a socket is
/// closed: a program started at the same moment by another test may have such a copy, and what had ended would seem to go
/// on.
final class Program: Sendable {
    let identifier: Int32
    private let folder: TemporaryDirectory
    private let end = ExitNote()
    /// Our side of its standard input: the parties' own wish to end with whoever started them hangs on it.
    private let input: FileHandle

    /// - Parameter directory: where it runs.
    init(_ executable: String, _ arguments: [String], in directory: String) throws {
        folder = try TemporaryDirectory()
        let pipe = Pipe()
        input = pipe.fileHandleForWriting
        let (output, errors) = (try Self.file(folder.path + "/out"), try Self.file(folder.path + "/err"))
        // It runs in the directory; env(1) becomes the program.
        identifier = try withExtendedLifetime((pipe, output, errors)) {
            try ChildProcess.spawn(
                "/usr/bin/env", ["-C", directory, executable] + arguments,
                input: pipe.fileHandleForReading.fileDescriptor, output: output.fileDescriptor,
                errors: errors.fileDescriptor, inOwnGroup: false)
        }
        let end = end
        ChildProcess.awaitExit(of: identifier) { exit in
            end.note(ProgramEnd(status: exit.code ?? -(exit.signal ?? 0), time: .now))
        }
    }

    deinit {
        if isRunning { kill(identifier, SIGKILL) }
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    var isRunning: Bool { end.ended == nil }
    var output: String { (try? String(contentsOfFile: folder.path + "/out", encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: folder.path + "/err", encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(identifier, signal) }

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
        let end = await ended(within: .seconds(60))
        return (end.status, start.duration(to: end.time))
    }

    private func ended(within limit: Duration) async -> ProgramEnd {
        let guardian = Task { [identifier] in
            try await Task.sleep(for: limit)
            kill(identifier, SIGKILL)
        }
        defer { guardian.cancel() }
        return await end.value()
    }
}

private struct ProgramEnd {
    /// The exit code, or the signal's number below zero.
    var status: Int32
    var time: ContinuousClock.Instant
}

/// When and how a program ended, for any number of waiters.
private final class ExitNote: Sendable {
    private struct State {
        var end: ProgramEnd?
        var waiters: [CheckedContinuation<ProgramEnd, Never>] = []
    }

    private let state = Mutex(State())

    var ended: ProgramEnd? { state.withLock { $0.end } }

    func note(_ end: ProgramEnd) {
        let waiters = state.withLock { state in
            state.end = end
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: end) }
    }

    func value() async -> ProgramEnd {
        await withCheckedContinuation { waiter in
            let end = state.withLock { state in
                if state.end == nil { state.waiters.append(waiter) }
                return state.end
            }
            if let end { waiter.resume(returning: end) }
        }
    }
}
