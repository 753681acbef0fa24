/// What one revision of a visit counts for in a warehouse. The raw value is what the table says.
public enum RevisionStanding: String, Sendable, CaseIterable {
    /// The newest revision of a visit that stands: the one that reports count.
    case current
    /// A newer revision has come, here or to another province; kept as history.
    case superseded
    /// The facility has withdrawn the visit; kept as history, and counted as withdrawn.
    case withdrawn
}
