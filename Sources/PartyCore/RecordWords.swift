/// Where a record stands at one party.
public enum RecordPhase: UInt8, Sendable, CaseIterable {
    /// Received, and not yet decided.
    case pending = 1
    /// Passed on to where it was to go. At MoH and the facility: in the citizen's book, with a reason where an amendment of
    /// it was refused.
    case shared = 2
    /// Refused; a later revision may reopen it.
    case refused = 3
    /// Decided, and the answer waits for an agreement. Counts as pending.
    case held = 4
    /// Taken back by its facility, for good.
    case withdrawn = 5
}

/// A record's state as it is stored: five 64-bit words, of which the first has phase, reason and revision.
///
/// Fixed width on purpose: a batch of states is read and written without an allocation for each, and the phase can be
/// counted by the database without knowing the party.
public struct RecordWords: Sendable, Equatable {
    /// First word: phase, reason and revision.
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

    /// The first word of every party: phase in its lowest byte, reason in the two above, what came of the insurance later
    /// in the fourth, revision in the upper half.
    /// - Parameter reason: Raw value of the reason of the refusal; 0 for none.
    public init(
        phase: RecordPhase, reason: UInt16 = 0, feedback: FeedbackMark = .none, revision: UInt32, _ second: UInt64 = 0,
        _ third: UInt64 = 0,
        _ fourth: UInt64 = 0, _ fifth: UInt64 = 0
    ) {
        self.init(
            UInt64(phase.rawValue) | UInt64(reason) << 8 | UInt64(feedback.rawValue) << 24 | UInt64(revision) << 32,
            second, third, fourth, fifth)
    }

    /// The byte of the phase, whether it is one or not.
    public var phaseByte: UInt8 { UInt8(truncatingIfNeeded: first) }
    /// The phase, or nil when the byte is none.
    public var phase: RecordPhase? { RecordPhase(rawValue: phaseByte) }
    /// Raw value of the reason of the refusal; 0 for none.
    public var reason: UInt16 { UInt16(truncatingIfNeeded: first >> 8) }
    /// What VSS has said of the insurance since it accepted this revision; none when the bits are no such mark.
    public var feedback: FeedbackMark { FeedbackMark(rawValue: UInt8(truncatingIfNeeded: first >> 24)) ?? .none }
    /// The revision held.
    public var revision: UInt32 { UInt32(first >> 32) }
}

/// What VSS has said of a visit's insurance after it had accepted the visit, as far as a party knows.
public enum FeedbackMark: UInt8, Sendable, CaseIterable {
    /// Nothing.
    case none = 0
    /// The fund pays less.
    case reduced = 1
    /// The fund pays nothing.
    case refused = 2
    /// At VSS: feedback is ready and waits for its time.
    case waiting = 3
}

/// A party's state for one record, which fits five words.
public protocol RecordValue: Sendable, Equatable {
    /// Reads what ``words`` wrote; nil when the words are damaged.
    init?(words: RecordWords)
    /// The state in its stored form.
    var words: RecordWords { get }
    /// Where the record stands.
    var phase: RecordPhase { get }
    /// The revision held, from 1.
    var revision: UInt32 { get }
    /// Raw value of the reason of the refusal; 0 for none.
    var reason: UInt16 { get }
}

extension RecordValue {
    /// As the words say it, which is the same at every party.
    public var revision: UInt32 { words.revision }
    /// As the words say it, which is the same at every party.
    public var reason: UInt16 { words.reason }
}
