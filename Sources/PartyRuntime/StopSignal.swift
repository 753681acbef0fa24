import Foundation
import KafkaClient
import ProgramStart
import Synchronization

/// Asks a host to stop after the batch in hand: on SIGTERM, on SIGINT, or when the process that started it is gone.
public final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    private let host = Mutex(Host.none(exitCode: nil))

    /// How far the host is.
    private enum Host {
        /// It waits for broker and directory; with an exit code, a request ends the process.
        case none(exitCode: Int32?)
        /// It opens its store, and looks at the signal when it has.
        case begins
        /// It runs, and may wait for records.
        case runs(ConsumerWaker)
    }

    /// A signal that nobody has given yet.
    public init() {}

    /// Whether to stop.
    public var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks to stop, from any thread.
    public func request() {
        requested.store(true, ordering: .releasing)
        host.withLock { host in
            switch host {
            case .none(let exitCode): if let exitCode { _exit(exitCode) }
            case .begins: break
            case .runs(let waker): waker.wake()
            }
        }
    }

    /// Until a host opens its store, nothing is in hand: a request then ends the process at once, instead of waiting for a broker
    /// that may never come.
    public func endsProcessUntilHostBegins(exitCode: Int32) {
        host.withLock { if case .none = $0 { $0 = .none(exitCode: exitCode) } }
    }

    /// From here on a request is looked at by the host: what it is just writing is brought to an end.
    func hostBegins() {
        host.withLock { if case .none = $0 { $0 = .begins } }
    }

    /// Stops on SIGTERM and SIGINT instead of ending the process at once. To be called before any other thread starts,
    /// so that all of them leave these signals to the one that waits for them.
    public func followSignals() {
        SignalFollower.follow([SIGTERM, SIGINT]) { [self] _ in request() }
    }

    /// Stops when standard input ends: the parent holds its other end, and the kernel closes it when the parent is gone,
    /// however it went.
    public func followParent() {
        let thread = Thread { [self] in
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
        thread.name = "parent"
        thread.stackSize = 65_536
        thread.start()
    }

    func wakes(_ waker: ConsumerWaker) { host.withLock { $0 = .runs(waker) } }
}
