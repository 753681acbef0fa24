import Foundation
import Glibc
import Synchronization

/// How a program ended.
struct ProgramEnd: Sendable {
    /// The exit code, or the signal's number below zero.
    var status: Int32
    var time: ContinuousClock.Instant
    /// How long its main thread had been ready to run, and no processor was free for it.
    var runDelay: Duration

    /// Waits for the end of a child.
    init(awaiting process: Int32) {
        var info = siginfo_t()
        // The kernel's account of a process is gone once its parent has waited for it, so it is read before.
        while waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        time = .now
        runDelay = Self.runDelay(of: process)
        var word: Int32 = 0
        while waitpid(process, &word, 0) < 0, errno == EINTR {}
        status = word & 0x7F == 0 ? (word >> 8) & 0xFF : -(word & 0x7F)
    }

    /// The second word of proc_pid_schedstat(5); zero where the kernel keeps no account.
    static func runDelay(of process: Int32) -> Duration {
        let text = (try? String(contentsOfFile: "/proc/\(process)/schedstat", encoding: .utf8)) ?? ""
        let words = text.split(separator: " ")
        return .nanoseconds(words.count > 1 ? Int64(words[1]) ?? 0 : 0)
    }
}

/// When and how a program ended, for any number of waiters.
final class ExitNote: Sendable {
    private struct State {
        var end: ProgramEnd?
        var waiters: [CheckedContinuation<ProgramEnd, Never>] = []
    }

    private let state = Mutex(State())

    var ended: ProgramEnd? { state.withLock { $0.end } }

    func take(_ end: ProgramEnd) {
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
