import Foundation
import Glibc

/// The end of a process that need not be a child, as the kernel tells of it: pidfd_open(2).
final class ProcessEnd: Sendable {
    /// Readable from the end of the process on.
    let descriptor: Int32

    /// Nil when there is no such process any more.
    init?(of process: Int32) {
        // Glibc has it, and the module of its headers has not.
        typealias Open = @convention(c) (pid_t, UInt32) -> Int32
        guard let symbol = dlsym(nil, "pidfd_open") else { return nil }
        descriptor = unsafeBitCast(symbol, to: Open.self)(process, 0)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }
}

/// Waits until processes have ended. That of a parent who does not wait for it may stay in the table as a zombie: that is an
/// end too.
/// - Throws: ``NotInTime`` with those that go on.
package func awaitEnd(of processes: some Sequence<Int32>, within limit: Duration = .seconds(20)) async throws {
    let deadline = ContinuousClock.now + limit
    let ends = processes.map { ($0, ProcessEnd(of: $0)) }
    try await blocking {
        for (process, end) in ends {
            guard let end else { continue }
            var poll = pollfd(fd: end.descriptor, events: Int16(POLLIN), revents: 0)
            let left = max(0, ContinuousClock.now.duration(to: deadline) / .milliseconds(1))
            guard Glibc.poll(&poll, 1, Int32(clamping: Int(left))) > 0 else {
                throw NotInTime(description: "process \(process) has not ended within \(limit)")
            }
        }
    }
}
