public import PartyCore

/// What VSS remembers of one record: enough to know a copy when it comes again.
public struct VSSRecord: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase
    /// The revision assessed.
    public var revision: UInt32
    /// Raw value of the reason of the refusal; 0 when not refused.
    public var reason: UInt16
    /// When it was assessed; Unix milliseconds.
    public var assessedAt: Int64
    /// What has been said of the insurance since, or whether something is to be said.
    public var feedback = FeedbackMark.none
    /// Where feedback is kept while it waits; 0 for nowhere.
    public var keptAt: Int64 = 0
    /// Whether less than is claimed was accepted with the assessment.
    public var isReduced = false
    /// Whether a revision of it has ever gone on to the next party, which must then hear of its withdrawal.
    public var isPassedOn = false

    /// A record that was assessed just now.
    public init(phase: RecordPhase, revision: UInt32, reason: UInt16 = 0, assessedAt: Int64) {
        self.phase = phase
        self.revision = revision
        self.reason = reason
        self.assessedAt = assessedAt
    }

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(
            phase: phase, revision: words.revision, reason: words.reason,
            assessedAt: Int64(bitPattern: words.second))
        feedback = words.feedback
        keptAt = Int64(bitPattern: words.third)
        isReduced = words.fourth & 1 == 1
        isPassedOn = words.fourth >> 1 & 1 == 1
    }

    /// The stored form.
    public var words: RecordWords {
        RecordWords(
            phase: phase, reason: reason, feedback: feedback, revision: revision, UInt64(bitPattern: assessedAt),
            UInt64(bitPattern: keptAt), (isReduced ? 1 : 0) | (isPassedOn ? 1 << 1 : 0))
    }
}
