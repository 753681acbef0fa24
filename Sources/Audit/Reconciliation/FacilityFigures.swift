/// `submitted = shared + refused + pending + withdrawn` for the records of one facility, as the facility has written them
/// down or, where it keeps no journal here, the last that decided.
public struct FacilityFigures: Sendable, Codable, Equatable {
    /// The facility's code; `erased` for records whose payload is erased, `unknown` for those nobody can place.
    public var facility: String
    /// Its name; nil when unknown.
    public var name: String?
    /// Distinct records submitted.
    public var submitted: Int64 = 0
    /// In a citizen's book.
    public var shared: Int64 = 0
    /// Refused and not reopened.
    public var refused: Int64 = 0
    /// Without an outcome.
    public var pending: Int64 = 0
    /// Taken back by the facility.
    public var withdrawn: Int64 = 0
    /// Shared in a later revision than the first.
    public var corrected: Int64 = 0
    /// Refusals by reason, corrected ones among them.
    public var refusals: [String: Int64] = [:]
    /// When the oldest of the pending was first submitted; Unix milliseconds, nil when nothing is pending.
    public var pendingSince: Int64?

    /// Whether the law holds.
    public var conserves: Bool { submitted == shared + refused + pending + withdrawn }

    /// Stands for records whose payload is erased.
    public static let erased = "erased"
    /// Stands for records that nobody can place.
    public static let unknown = "unknown"
}
