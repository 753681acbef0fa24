import Dispatch
import Foundation

/// A shard's host on a thread of its own.
final class RunningShard: Sendable {
    private let stop = StopSignal()
    private let running = DispatchGroup()

    /// Starts it.
    /// - Parameters:
    ///   - failed: Told, on the shard's thread, why it cannot go on.
    ///   - work: Runs until the signal asks it to stop.
    init(failed: @escaping @Sendable (any Error) -> Void, work: @escaping @Sendable (StopSignal) throws -> Void) {
        running.enter()
        let thread = Thread { [stop, running] in
            do { try work(stop) } catch { failed(error) }
            running.leave()
        }
        // As much as a program's first thread has: a batch's work is the same.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Asks it to stop after the batch in hand.
    func requestStop() { stop.request() }

    /// Waits until it has stopped and its store is closed.
    /// - Returns: False when it has not by then.
    func awaitStop(until deadline: DispatchTime) -> Bool { running.wait(timeout: deadline) == .success }
}
