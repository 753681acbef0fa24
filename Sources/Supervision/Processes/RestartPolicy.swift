/// When a program that ended unasked is started again, and when it is given up.
public struct RestartPolicy: Sendable, Equatable {
    /// Wait before the first restart.
    public var firstDelay: Duration = .milliseconds(100)
    /// Longest wait; each is twice the one before.
    public var longestDelay: Duration = .seconds(5)
    /// A run at least this long makes the count begin again.
    public var healthyAfter: Duration = .seconds(10)
    /// Quick failures in a row after which it is given up.
    public var quickFailureLimit = 8

    /// The defaults.
    public init() {}

    /// The wait before the restart after this many quick failures in a row, at least one; nil to give up.
    public func delay(afterQuickFailures count: Int) -> Duration? {
        guard count < quickFailureLimit else { return nil }
        var delay = firstDelay
        for _ in 1..<max(count, 1) where delay < longestDelay { delay = delay * 2 }
        return min(delay, longestDelay)
    }
}
