import Synchronization

/// How many bytes of bodies may be held at once, all requests together. What does not fit is turned away, and may come
/// again.
final class BodyAllowance: Sendable {
    private let limit: Int
    private let held = Mutex(0)

    /// - Parameter limit: In bytes.
    init(limit: Int) { self.limit = limit }

    /// Takes room for so many bytes.
    /// - Returns: False when there is none.
    func take(_ bytes: Int) -> Bool {
        held.withLock { held in
            guard held + bytes <= limit else { return false }
            held += bytes
            return true
        }
    }

    /// Gives room back.
    func giveBack(_ bytes: Int) { held.withLock { $0 -= bytes } }
}
