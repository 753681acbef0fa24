/// Where a record stands at one party.
public enum RecordPhase: UInt8, Sendable, CaseIterable {
    /// Received, and not yet decided.
    case pending = 1
    /// Passed on to where it was to go. At MoH and the facility: in the citizen's book.
    case shared = 2
    /// Refused; a later revision may reopen it.
    case refused = 3
    /// Decided, and the answer waits for an agreement. Counts as pending.
    case held = 4
}

/// A record's state as it is stored: five 64-bit words, of which the lowest byte of the first is the phase.
///
/// Fixed width on purpose: a batch of states is read and written without an allocation for each, and the phase can be
/// counted by the database without knowing the party.
public struct RecordWords: Sendable, Equatable {
    /// First word; its low byte is the phase.
    public var first: UInt64
    /// Second word.
    public var second: UInt64
    /// Third word.
    public var third: UInt64
    /// Fourth word.
    public var fourth: UInt64
    /// Fifth word.
    public var fifth: UInt64

    /// Takes five words.
    public init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64, _ fifth: UInt64) {
        self.first = first
        self.second = second
        self.third = third
        self.fourth = fourth
        self.fifth = fifth
    }

    /// The phase, or nil when the byte is none.
    public var phase: RecordPhase? { RecordPhase(rawValue: UInt8(truncatingIfNeeded: first)) }
}

/// A party's state for one record, which fits five words.
public protocol RecordValue: Sendable, Equatable {
    /// Reads what ``words`` wrote; nil when the words are damaged.
    init?(words: RecordWords)
    /// The state in its stored form.
    var words: RecordWords { get }
    /// Where the record stands.
    var phase: RecordPhase { get }
}
