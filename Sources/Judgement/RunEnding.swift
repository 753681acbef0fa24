/// How a run came to its end.
public enum RunEnding: String, Sendable, Codable {
    /// Nothing is pending.
    case settled
    /// What could move has moved; an agreement holds the rest.
    case held
    /// The scenario's time was over before.
    case timedOut
    /// Somebody interrupted it.
    case interrupted
    /// A program could not go on.
    case broken

    /// Whether it came to the end that its scenario has.
    public var isReached: Bool {
        switch self {
        case .settled, .held: true
        case .timedOut, .interrupted, .broken: false
        }
    }
}
