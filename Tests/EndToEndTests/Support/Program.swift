import Foundation
import Glibc
import Synchronization

/// A started program: its end can be awaited, its output goes to files, and it does not outlive the test.
///
/// Started by ourselves, for Foundation's `Process` learns of an end when the last copy of a socket is closed: a program
/// started at the same moment by another test may have such a copy, and what had ended would seem to go on.
final class Program: Sendable {
    let identifier: Int32
    private let folder: TemporaryDirectory
    private let end = ExitNote()
    /// Our side of its standard input: the parties' own wish to end with whoever started them hangs on it.
    private let input: Int32

    /// - Parameter directory: where it runs.
    init(_ executable: String, _ arguments: [String], in directory: String) throws {
        folder = try TemporaryDirectory()
        var pipe: [Int32] = [-1, -1]
        try Self.check(Glibc.pipe(&pipe) == 0 ? 0 : errno, "a pipe")
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(pipe[0]) }
        input = pipe[1]
        do {
            identifier = try Self.spawn(
                executable, arguments, in: directory, input: pipe[0], output: folder.path + "/out",
                errors: folder.path + "/err")
        } catch {
            close(pipe[1])
            throw error
        }
        end.await(identifier)
    }

    deinit {
        if isRunning { kill(identifier, SIGKILL) }
        close(input)
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], in directory: String, input: Int32, output: String, errors: String
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        for (file, descriptor) in [(output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > STDERR_FILENO {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = (["env", "-C", directory, executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: Int32 = 0
        try check(posix_spawn(&identifier, "/usr/bin/env", &actions, &attributes, &words, environ), executable)
        return identifier
    }

    private static func check(_ code: Int32, _ what: String) throws {
        struct Unstartable: Error { var text: String }
        if code != 0 { throw Unstartable(text: "\(what): \(String(cString: strerror(code)))") }
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

    /// Waits for the end on a thread of its own, which a busy machine's tasks do not hold up.
    func await(_ process: Int32) {
        let thread = Thread { [self] in
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            note(ProgramEnd(status: signal == 0 ? (status >> 8) & 0xFF : -signal, time: .now))
        }
        thread.stackSize = 65_536
        thread.start()
    }

    private func note(_ end: ProgramEnd) {
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
