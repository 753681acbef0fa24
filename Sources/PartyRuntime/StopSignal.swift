import Foundation
import KafkaClient
import Synchronization

/// Asks a host to stop after the batch in hand: on SIGTERM, on SIGINT, or when the process that started it is gone.
public final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    private let waker = Mutex<ConsumerWaker?>(nil)
    private let earlyExitCode = Atomic<Int32>(-1)

    /// A signal that nobody has given yet.
    public init() {}

    /// Whether to stop.
    public var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks to stop, from any thread.
    public func request() {
        requested.store(true, ordering: .releasing)
        if let waker = waker.withLock({ $0 }) {
            waker.wake()
        } else {
            let code = earlyExitCode.load(ordering: .acquiring)
            if code >= 0 { _exit(code) }
        }
    }

    /// Until a host runs, nothing is in hand: a request then ends the process at once, instead of waiting for a broker
    /// that may never come.
    public func endsProcessUntilHostRuns(exitCode: Int32) { earlyExitCode.store(exitCode, ordering: .releasing) }

    /// Stops on SIGTERM and SIGINT instead of ending the process at once. To be called before any other thread starts,
    /// so that all of them leave these signals to the one that waits for them.
    public func followSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let waited = signals
        follow(named: "signals") { [self] in
            var set = waited
            var number: Int32 = 0
            while true {
                if sigwait(&set, &number) == 0 { request() }
            }
        }
    }

    /// Stops when standard input ends: the parent holds its other end, and the kernel closes it when the parent is gone,
    /// however it went.
    public func followParent() {
        follow(named: "parent") { [self] in
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            request()
            // Nobody is left who would end a process that hangs. What is committed is safe, and the rest is read again.
            Foundation.sleep(5)
            _exit(2)
        }
    }

    private func follow(named name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 65_536
        thread.start()
    }

    func wakes(_ waker: ConsumerWaker) { self.waker.withLock { $0 = waker } }
}
