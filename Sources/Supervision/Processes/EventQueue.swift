import Dispatch
import Foundation
import ProgramStart
import Synchronization

/// What can happen to an exchange from outside.
public enum ExchangeEvent: Sendable, Equatable {
    /// A child has ended.
    case exited(ChildExit)
    /// Somebody wants the exchange to stop: the signal's number.
    case stopRequested(signal: Int32)
}

/// Events from the threads that wait for children and signals, taken by the one thread that directs the exchange.
public final class EventQueue: Sendable {
    private let events = Mutex<[ExchangeEvent]>([])
    private let arrived = DispatchSemaphore(value: 0)

    /// An empty queue.
    public init() {}

    /// Adds an event, from any thread.
    public func post(_ event: ExchangeEvent) {
        events.withLock { $0.append(event) }
        arrived.signal()
    }

    /// Waits for the next event.
    /// - Returns: nil when the time is over.
    public func next(milliseconds: Int) -> ExchangeEvent? {
        guard arrived.wait(timeout: .now() + .milliseconds(max(0, milliseconds))) == .success else { return nil }
        return events.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    /// Makes SIGINT, SIGTERM and SIGHUP events instead of ends of the process. To be called before any other thread
    /// starts, so that all of them leave these signals to the one that waits for them.
    public func followSignals() {
        signal(SIGPIPE, SIG_IGN)
        SignalFollower.follow([SIGINT, SIGTERM, SIGHUP]) { [self] in post(.stopRequested(signal: $0)) }
    }
}
