public import PartyCore

/// What C06 remembers of one record.
public struct C06Record: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase
    /// The revision checked.
    public var revision: UInt32
    /// Raw value of the reason when there was no match; 0 for a match. Stands already while the answer is held.
    public var reason: UInt16
    /// Where the answer is kept while an agreement holds it; 0 for nowhere.
    public var keptAt: Int64

    /// Takes all fields.
    public init(phase: RecordPhase, revision: UInt32, reason: UInt16 = 0, keptAt: Int64 = 0) {
        self.phase = phase
        self.revision = revision
        self.reason = reason
        self.keptAt = keptAt
    }

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(
            phase: phase, revision: words.revision, reason: words.reason, keptAt: Int64(bitPattern: words.second))
    }

    /// The stored form.
    public var words: RecordWords {
        RecordWords(phase: phase, reason: reason, revision: revision, UInt64(bitPattern: keptAt))
    }
}
