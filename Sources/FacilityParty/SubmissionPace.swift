/// How fast a facility submits.
public struct SubmissionPace: Sendable, Equatable {
    /// Most records on their way at once; nil for no bound.
    public var maximumPending: Int64?
    /// Records a second since the first one; nil for as fast as can be.
    public var recordsPerSecond: Double?

    /// As fast as can be, or within bounds.
    public init(maximumPending: Int64? = nil, recordsPerSecond: Double? = nil) {
        self.maximumPending = maximumPending
        self.recordsPerSecond = recordsPerSecond
    }

    /// How many visits may be submitted now.
    func allowance(submitted: Int64, pending: Int64, startedAt: Int64, now: Int64, budget: Int) -> Int {
        var allowed = Int64(budget)
        if let maximumPending { allowed = min(allowed, maximumPending - pending) }
        if let recordsPerSecond {
            // In this order `max` turns what is no number into 0; nobody submits 10^15 records.
            let due = max(0, min(Double(max(0, now - startedAt)) / 1000 * recordsPerSecond, 1e15))
            allowed = min(allowed, Int64(due) + 1 - submitted)
        }
        return Int(max(0, allowed))
    }
}
