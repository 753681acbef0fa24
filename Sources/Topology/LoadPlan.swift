/// How fast visits are submitted.
public struct LoadPlan: Sendable, Hashable {
    /// Visits that may be under way at one time; nil for no limit.
    public var maximumPending: Int?
    /// Visits submitted in a second; nil for as fast as possible.
    public var recordsPerSecond: Int?

    /// Takes both limits.
    public init(maximumPending: Int? = nil, recordsPerSecond: Int? = nil) {
        self.maximumPending = maximumPending
        self.recordsPerSecond = recordsPerSecond
    }
}
