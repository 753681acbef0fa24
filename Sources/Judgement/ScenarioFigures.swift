/// What a scenario ended with, whichever host ran it.
public struct ScenarioFigures: Sendable, Codable, Equatable {
    /// Name of the scenario.
    public var scenario: String
    /// Its seed.
    public var seed: UInt64
    /// Visits it asked for, and those that were brought to its facility by hand.
    public var records: Int64
    /// Visits submitted; resubmissions are not counted again.
    public var submitted: Int64
    /// Visits in the book of a locality, but for those of which an amendment is on its way.
    public var shared: Int64
    /// Visits whose last answer is a refusal.
    public var refused: Int64
    /// Visits without an outcome.
    public var pending: Int64
    /// Visits taken back by their facility.
    public var withdrawn: Int64
    /// Pending visits that an agreement holds.
    public var held: Int64
    /// Refused visits by code.
    public var refusedByReason: [String: Int64]
    /// Resubmissions after a refusal.
    public var resubmitted: Int64
    /// Visits shared after a resubmission.
    public var corrected: Int64
    /// Revisions that took the place of one not refused.
    public var amended: Int64
    /// Visits shared in an earlier revision, whose latest one, an amendment, was refused.
    public var refusedAmendments: Int64
    /// Visits shared into the book of another person, by the known truth.
    public var wrongMatches: Int64
    /// Copies without a second effect, at all parties.
    public var duplicatesIgnored: Int64
    /// Effects beyond the one that a record may have, counted from journals and rows.
    public var duplicatesApplied: Int64
    /// Messages put into dead-letter topics.
    public var deadLetters: Int64
    /// What C06 has reported of people: moves, deaths, disappearances, new numbers.
    public var changes: Int64
    /// Records that came to a province because their person moved there.
    public var handedOver: Int64
    /// Root of the tree over each party's journal, 64 hexadecimal digits.
    public var roots: [String: String]
}
