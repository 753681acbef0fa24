import Dispatch
import Synchronization

/// Batches on their way from the thread that makes them to the one that writes them: a few at a time, so that memory stays
/// the same however many there are.
final class BatchHandover<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [[Element]] = []
        var isOver = false
        var isAbandoned = false
    }

    private let state = Mutex(State())
    private let room: DispatchSemaphore
    private let news = DispatchSemaphore(value: 0)

    /// - Parameter capacity: Most batches that wait.
    init(capacity: Int) { room = DispatchSemaphore(value: capacity) }

    /// Hands a batch over, once there is room for it.
    /// - Returns: False when nobody takes batches any more.
    func put(_ batch: [Element]) -> Bool {
        room.wait()
        let isTaken = state.withLock { state in
            if !state.isAbandoned { state.waiting.append(batch) }
            return !state.isAbandoned
        }
        if isTaken { news.signal() } else { room.signal() }
        return isTaken
    }

    /// No batch follows.
    func finish() {
        state.withLock { $0.isOver = true }
        news.signal()
    }

    /// The next batch, once there is one; nil when none follows.
    func take() -> [Element]? {
        news.wait()
        let batch = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        if batch == nil { news.signal() } else { room.signal() }
        return batch
    }

    /// Nobody takes batches any more: whoever waits for room goes on.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        room.signal()
    }
}
