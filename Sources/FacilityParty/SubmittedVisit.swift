public import PartyCore

/// What a facility remembers of a visit it has submitted.
public struct SubmittedVisit: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase
    /// The last revision submitted.
    public var revision: UInt32
    /// Raw value of the reason of the refusal; 0 when not refused.
    public var reason: UInt16
    /// Index of the visit in its source.
    public var index: Int64
    /// When the first revision was submitted; Unix milliseconds.
    public var submittedAt: Int64
    /// A digest of the visit as first read, to tell whether a file brings it again changed.
    public var contentDigest: UInt64

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
        reason = words.reason
    }

    /// The stored form.
    public var words: RecordWords {
        RecordWords(
            phase: phase, reason: reason, revision: revision, UInt64(bitPattern: index),
            UInt64(bitPattern: submittedAt), contentDigest)
    }
}
