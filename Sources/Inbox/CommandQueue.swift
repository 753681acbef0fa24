import Synchronization

/// Commands between the socket's event loop and the thread of the party. Both sides may call at any time.
final class CommandQueue: Sendable {
    /// Most commands that wait; more are refused, and may be sent again.
    static let capacity = 64

    private struct State {
        var waiting: [ReceivedCommand] = []
        var refusal: String?
    }

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Puts a command at the end, or refuses it.
    func add(_ command: ReceivedCommand) {
        let refusal: String? = state.withLock { state in
            if let refusal = state.refusal { return refusal }
            guard state.waiting.count < Self.capacity else {
                return "\(Self.capacity) commands wait already; nothing was changed, try again"
            }
            state.waiting.append(command)
            return nil
        }
        if let refusal { command.refuse(refusal) } else { wake() }
    }

    /// Takes out what waits, oldest first.
    func take() -> [ReceivedCommand] {
        state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
    }

    /// Refuses what waits, and all that comes from now on.
    func close(_ reason: String) {
        let left = state.withLock { state in
            defer { state.waiting.removeAll() }
            state.refusal = reason
            return state.waiting
        }
        for command in left { command.refuse(reason) }
    }
}
