/// How a party's checkpoints go to the witnesses: one at a time. The next is made when the broker has confirmed the one
/// before, and proves that it continues that one; so the chain that the witnesses see has no gap, whatever ends the
/// process: what is written down is sent again at the next start.
public struct CheckpointPublication: Sendable {
    /// Least milliseconds between two. Checkpoints in between are covered by the proof of the next.
    public static let interval: Int64 = 250

    /// Leaves of the checkpoint published last; nil before the first.
    public private(set) var size: UInt64?
    private var isInFlight = false
    private var publishedAt: Int64 = 0
    /// What is to be handed to the broker.
    private var request: [UInt8]?

    /// Goes on with what was written down last, which the broker may not have.
    public init(resuming last: (size: UInt64, request: [UInt8])? = nil) {
        guard let last else { return }
        (size, request, isInFlight) = (last.size, last.request, true)
    }

    /// Whether a tree of this size is to be published now; Unix milliseconds.
    func isDue(size: UInt64, now: Int64, force: Bool) -> Bool {
        guard !isInFlight, size != self.size else { return false }
        return force || now - publishedAt >= Self.interval || now < publishedAt
    }

    mutating func begin(_ request: [UInt8], size: UInt64, now: Int64) {
        (self.request, self.size, publishedAt, isInFlight) = (request, size, now, true)
    }

    /// What is to be sent, once.
    mutating func take() -> [UInt8]? {
        defer { request = nil }
        return request
    }

    mutating func confirm() { isInFlight = false }
}
