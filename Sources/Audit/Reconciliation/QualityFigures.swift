/// Quality of what was submitted.
public struct QualityFigures: Sendable, Codable, Equatable {
    /// Records shared in their first revision.
    public var firstTime: Int64 = 0
    /// Records shared in a later revision.
    public var corrected: Int64 = 0
    /// Later revisions submitted.
    public var resubmitted: Int64 = 0
    /// From MoH's correction to the facility's next revision.
    public var toResubmission: DurationFigures?
    /// From MoH's first correction to the entry's receipt at a locality.
    public var toCorrected: DurationFigures?
    /// Copies received at all parties, without a second effect.
    public var copies: Int64 = 0
    /// Messages put into the dead letters at all parties.
    public var deadLetters: Int64 = 0
    /// Records shared into the book of another person; nil where the truth is not known.
    public var wrongMatches: Int64?
    /// When the first of them came into that book; Unix milliseconds, nil for none.
    public var wrongMatchesSince: Int64?
}
