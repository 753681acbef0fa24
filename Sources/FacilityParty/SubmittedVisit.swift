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
    /// The latest revision that is known to have come into the book; 0 for none.
    public var bookRevision: UInt32 = 0
    /// Whether a refused revision was submitted again.
    public var isResubmitted = false
    /// Whether a revision was amended before it had an answer, so that its answer may still come.
    public var isAmendedUnanswered = false
    /// Of a withdrawn visit, whether MoH has said that the book has lost it.
    public var isOutOfBook = false

    /// Whether its contents are those of the source.
    var isOfSource: Bool { index >= 0 && contentDigest == 0 }

    /// The third word: 45 bits of the time, 16 of the revision in the book, and what is so or not.
    private static let timeBits: UInt64 = 1 << 45 - 1

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
            index: Int64(bitPattern: words.second), submittedAt: Int64(words.third & Self.timeBits),
            contentDigest: words.fourth)
        bookRevision = UInt32(words.third >> 48)
        isAmendedUnanswered = words.third >> 45 & 1 == 1
        isResubmitted = words.third >> 46 & 1 == 1
        isOutOfBook = words.third >> 47 & 1 == 1
        self.phase = phase
        revision = words.revision
        keptAt = Int64(bitPattern: words.fifth)
        reason = words.reason
        feedback = words.feedback
    }

    /// The stored form.
    public var words: RecordWords {
        let third =
            UInt64(clamping: submittedAt) & Self.timeBits | (isAmendedUnanswered ? 1 << 45 : 0)
            | (isResubmitted ? 1 << 46 : 0) | (isOutOfBook ? 1 << 47 : 0)
            | UInt64(UInt16(clamping: bookRevision)) << 48
        return RecordWords(
            phase: phase, reason: reason, feedback: feedback, revision: revision, UInt64(bitPattern: index), third,
            contentDigest, UInt64(bitPattern: keptAt))
    }
}
