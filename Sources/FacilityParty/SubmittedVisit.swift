public import PartyCore

/// What a facility remembers of a visit it has submitted.
public struct SubmittedVisit: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase
    /// The last revision submitted.
    public var revision: UInt32
    /// Raw value of the reason of the refusal; 0 when not refused.
    public var reason: UInt16
    /// Index of the visit in its source; -1 for one that came by hand and is not of it.
    public var index: Int64
    /// When the first revision was submitted; Unix milliseconds.
    public var submittedAt: Int64
    /// A digest of the contents that came by hand, to tell whether they come again changed; 0 for those of the source.
    public var contentDigest: UInt64
    /// Where the correction of a visit that came by hand is kept while it is refused, and the notice about its insurance
    /// while it is not; 0 for nowhere.
    public var keptAt: Int64 = 0
    /// What VSS has said of the insurance of this revision since it accepted it.
    public var feedback = FeedbackMark.none

    /// Whether its contents are those of the source.
    var isOfSource: Bool { index >= 0 && contentDigest == 0 }

    /// A visit submitted just now.
    public init(index: Int64, submittedAt: Int64, contentDigest: UInt64) {
        phase = .pending
        revision = 1
        reason = 0
        self.index = index
        self.submittedAt = submittedAt
        self.contentDigest = contentDigest
    }

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(
            index: Int64(bitPattern: words.second), submittedAt: Int64(bitPattern: words.third),
            contentDigest: words.fourth)
        self.phase = phase
        revision = words.revision
        keptAt = Int64(bitPattern: words.fifth)
        reason = words.reason
        feedback = words.feedback
    }

    /// The stored form.
    public var words: RecordWords {
        RecordWords(
            phase: phase, reason: reason, feedback: feedback, revision: revision, UInt64(bitPattern: index),
            UInt64(bitPattern: submittedAt), contentDigest, UInt64(bitPattern: keptAt))
    }
}
