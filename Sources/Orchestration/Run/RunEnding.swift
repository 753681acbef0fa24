/// How a run came to its end.
public enum RunEnding: String, Sendable, Codable {
    /// Nothing is pending.
    case settled
    /// What could move has moved; an agreement holds the rest.
    case held
    /// The scenario's time was over before.
    case timedOut
}
