/// What VSS has said of the insurance of revisions whose place others have taken, or that a party never had: it was said,
/// heard and told all the same. With it the figures of several parties agree, whichever revision each of them holds.
public struct FormerFeedback: Sendable, Equatable, Codable {
    /// The fund pays less.
    public var reduced: Int64 = 0
    /// The fund pays nothing.
    public var refused: Int64 = 0
    /// Of MoH: of these, those of which it has told the facility.
    public var told: Int64 = 0
    /// Of MoH: feedback that has come before the revision that it is about, and waits for it.
    public var early: Int64 = 0

    /// Nothing said.
    public init() {}

    /// Counts a revision by its mark.
    /// - Parameter amount: 1, or -1 for one that stands after all.
    public mutating func count(_ mark: FeedbackMark, _ amount: Int64) {
        switch mark {
        case .none, .waiting: break
        case .reduced: reduced += amount
        case .refused: refused += amount
        }
    }

    mutating func add(_ other: FormerFeedback) {
        reduced += other.reduced
        refused += other.refused
        told += other.told
        early += other.early
    }
}
