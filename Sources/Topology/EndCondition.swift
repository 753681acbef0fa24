/// When a run is over.
public enum EndCondition: String, Sendable, Hashable, CaseIterable {
    /// Everything is submitted and nothing is pending.
    case settled
    /// Everything is submitted, all that can move has moved, and the rest is held by an agreement.
    case held
}
