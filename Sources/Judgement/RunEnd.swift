public import Supervision

/// How a run ended, as whoever directed it knows.
public struct RunEnd: Sendable {
    /// When the program started; Unix milliseconds.
    public var startedAt: Int64
    /// How it ended.
    public var ending: RunEnding
    /// Whether all programs had been started.
    public var hasBegun: Bool
    /// Why it was cut off, in words; nil where it was not.
    public var failure: String?
    /// What the programs used.
    public var processes: [ProcessReport]

    /// A run that has not come to an end yet: until something else is said, it is a broken one that never began.
    public init(
        startedAt: Int64, ending: RunEnding = .broken, hasBegun: Bool = false, processes: [ProcessReport] = []
    ) {
        self.startedAt = startedAt
        self.ending = ending
        self.hasBegun = hasBegun
        self.processes = processes
    }
}
