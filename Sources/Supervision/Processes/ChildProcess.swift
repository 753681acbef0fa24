import Composition
import Foundation
import ProgramStart

/// How a child ended, and what it had used.
public struct ChildExit: Sendable, Equatable {
    /// Process identifier.
    public var process: Int32
    /// Its exit code; nil when a signal ended it.
    public var code: Int32?
    /// The signal that ended it; nil when it ended by itself.
    public var signal: Int32?
    /// Processor time, seconds.
    public var processorSeconds: Double

    /// `exit code 2`, or `signal 9`.
    public var text: String { code.map { "exit code \($0)" } ?? "signal \(signal ?? 0)" }
}

/// A running child. Its standard input is a pipe whose other end only this process holds, so the kernel tells it of
/// our end, however that comes; its output goes to a log file.
package struct ChildProcess {
    let process: Int32
    let input: Int32

    /// Starts a program and a thread that posts its end to the queue.
    /// - Throws: ``ProgramFailure`` when it cannot be started.
    init(executable: String, arguments: [String], logPath: String, events: EventQueue) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Self.failure("a pipe", errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let log = open(logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else {
            let code = errno
            close(ends[0])
            close(ends[1])
            throw Self.failure("the log \(logPath)", code)
        }
        defer {
            close(ends[0])
            close(log)
        }
        do {
            process = try Self.spawn(executable, arguments, input: ends[0], output: log, errors: log, inOwnGroup: true)
        } catch {
            close(ends[1])
            throw error
        }
        input = ends[1]
        Self.awaitExit(of: process) { events.post(.exited($0)) }
    }

    func send(_ signal: Int32) { kill(process, signal) }

    func closeInput() { close(input) }

    /// Starts a program with no blocked signals, and no descriptor but the three standard ones, so that a sibling's pipe is
    /// not held open.
    /// - Parameter inOwnGroup: So that Ctrl-C reaches only us and the children end in order.
    /// - Throws: ``ProgramFailure`` when it cannot be started.
    package static func spawn(
        _ executable: String, _ arguments: [String], input: Int32, output: Int32, errors: Int32, inOwnGroup: Bool
    ) throws -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group = inOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        for descriptor in openDescriptors() where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] =
            ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + environment { free(word) } }
        var process: Int32 = 0
        let code = posix_spawn(&process, executable, &actions, &attributes, &words, &environment)
        guard code == 0 else { throw failure(executable, code) }
        return process
    }

    private static func openDescriptors() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    /// Hands over how a child ended, on a thread of its own.
    static func awaitExit(of process: Int32, _ body: @escaping @Sendable (ChildExit) -> Void) {
        let thread = Thread {
            var status: Int32 = 0
            var usage = rusage()
            while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
            let signal = status & 0x7F
            body(
                ChildExit(
                    process: process, code: signal == 0 ? (status >> 8) & 0xFF : nil,
                    signal: signal == 0 ? nil : signal, processorSeconds: ProcessUse(usage).processorSeconds))
        }
        thread.stackSize = 65_536
        thread.start()
    }

    private static func failure(_ what: String, _ code: Int32) -> ProgramFailure {
        ProgramFailure("cannot start \(what): \(String(cString: strerror(code)))")
    }
}
