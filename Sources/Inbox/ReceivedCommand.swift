/// A command that has arrived, and the way back to whoever gave it.
public struct ReceivedCommand: Sendable {
    /// What is asked for; what kinds there are the party knows.
    public let kind: UInt8
    /// High and low half of its identity, equal when it comes again.
    public let identity: (high: UInt64, low: UInt64)
    /// The user who asks, as the kernel says it (`SO_PEERCRED`).
    public let user: UInt32
    /// What goes with it.
    public let payload: [UInt8]
    let reply: @Sendable (InboxStatus, [UInt8]) -> Void

    /// Answers that it is done. To be called when the effect is committed, and once.
    public func finish(_ payload: [UInt8] = []) { reply(.done, payload) }

    /// Answers that nothing was changed.
    /// - Parameter reason: One line for a person: why, and what to do.
    public func refuse(_ reason: String) { reply(.refused, Array(reason.utf8)) }
}
