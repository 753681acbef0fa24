public import PartyCore

/// What a locality remembers of one book entry.
public struct LocalityRecord: RecordValue {
    /// Shared, or withdrawn: what a locality takes in is in its book until its facility takes it back.
    public var phase: RecordPhase = .shared
    /// The revision taken in.
    public var revision: UInt32
    /// Province, as the two digits of its code.
    public var province: UInt8
    /// Whose entry it is; a number below 10^12.
    public var citizenNumber: UInt64

    /// An entry in the book.
    public init(revision: UInt32, province: UInt8, citizenNumber: UInt64) {
        self.revision = revision
        self.province = province
        self.citizenNumber = citizenNumber
    }

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase, phase == .shared || phase == .withdrawn else { return nil }
        self.init(
            revision: words.revision, province: UInt8(truncatingIfNeeded: words.third), citizenNumber: words.second)
        self.phase = phase
    }

    /// The stored form.
    public var words: RecordWords {
        RecordWords(phase: phase, revision: revision, citizenNumber, UInt64(province))
    }
}
