import ExchangeSchema

/// How the revision of an incoming message stands to the one a party holds.
public enum RevisionAge: Sendable, CaseIterable {
    /// The message is about an earlier revision.
    case older
    /// The message is about the revision held.
    case same
    /// The message brings a later revision.
    case newer

    /// Compares an incoming revision with the one held.
    public init(incoming: UInt32, held: UInt32) {
        self = incoming < held ? .older : incoming == held ? .same : .newer
    }
}

/// What a party does with a record that arrives.
public enum ArrivalStep: Sendable, Equatable {
    /// First time seen: take it in.
    case open
    /// A later revision of a refused record: take it up again.
    case reopen
    /// A later revision while the earlier one is still on its way: it takes the place of the earlier one.
    case replace
    /// A later revision of a record passed on before: take it up again.
    case reopenShared
    /// A copy: no effect.
    case ignoreDuplicate
    /// Too late: no effect.
    case ignoreStale
}

/// What a party does with an answer to something it sent.
public enum AnswerStep: Sendable, Equatable {
    /// It is the answer awaited.
    case apply
    /// Answered before: no effect.
    case ignoreDuplicate
    /// About a revision no longer held, or a record already decided: no effect.
    case ignoreStale
    /// About a record never received: no effect.
    case ignoreUnknown
}

/// The transitions that all parties share, as tables. Rows are where the record stands, columns how old the message is.
public enum RevisionTable {
    /// A record arrives, or what takes it back, which is its last revision.
    ///
    /// | record is | older        | same            | newer         |
    /// |-----------|--------------|-----------------|---------------|
    /// | not known | open         | open            | open          |
    /// | pending   | ignore stale | ignore duplicate| replace       |
    /// | held      | ignore stale | ignore duplicate| replace       |
    /// | refused   | ignore stale | ignore duplicate| reopen        |
    /// | shared    | ignore stale | ignore duplicate| reopen shared |
    /// | withdrawn | ignore stale | ignore duplicate| ignore stale  |
    public static func arrival(_ phase: RecordPhase?, _ age: RevisionAge) -> ArrivalStep {
        switch (phase, age) {
        case (nil, _): .open
        case (_, .older): .ignoreStale
        case (_, .same): .ignoreDuplicate
        case (.pending, .newer): .replace
        case (.held, .newer): .replace
        case (.refused, .newer): .reopen
        case (.shared, .newer): .reopenShared
        case (.withdrawn, .newer): .ignoreStale
        }
    }

    /// An answer arrives.
    ///
    /// | record is     | older        | same                                | newer          |
    /// |---------------|--------------|-------------------------------------|----------------|
    /// | not known     | ignore unknown | ignore unknown                    | ignore unknown |
    /// | pending, held | ignore stale | apply; if answered ignore duplicate | ignore stale   |
    /// | refused       | ignore stale | ignore duplicate                    | ignore stale   |
    /// | shared        | ignore stale | ignore duplicate                    | ignore stale   |
    /// | withdrawn     | ignore stale | ignore stale                        | ignore stale   |
    public static func answer(_ phase: RecordPhase?, _ age: RevisionAge, isAnswered: Bool) -> AnswerStep {
        switch (phase, age) {
        case (nil, _): .ignoreUnknown
        case (_, .older): .ignoreStale
        case (_, .newer): .ignoreStale
        case (.pending, .same): isAnswered ? .ignoreDuplicate : .apply
        case (.held, .same): isAnswered ? .ignoreDuplicate : .apply
        case (.refused, .same): .ignoreDuplicate
        case (.shared, .same): .ignoreDuplicate
        case (.withdrawn, .same): .ignoreStale
        }
    }
}

extension Ledger {
    /// Writes an arrival down.
    /// - Parameter reason: Why the record had been refused, when it had been.
    /// - Returns: The verdict when the arrival has no effect; nil when the record is to be examined.
    public mutating func note(_ step: ArrivalStep, previousReason reason: UInt16) -> Verdict? {
        switch step {
        case .open: open()
        case .reopen: reopen(.init(rawValue: reason))
        case .reopenShared: reopenShared()
        case .replace: break
        case .ignoreDuplicate:
            duplicatesIgnored += 1
            return Verdict(.duplicate)
        case .ignoreStale:
            staleIgnored += 1
            return Verdict(.stale)
        }
        return nil
    }

    /// Writes an answer down.
    /// - Returns: The verdict when the answer has no effect; nil when it is to be applied.
    public mutating func note(_ step: AnswerStep) -> Verdict? {
        switch step {
        case .apply: return nil
        case .ignoreDuplicate:
            duplicatesIgnored += 1
            return Verdict(.duplicate)
        case .ignoreStale:
            staleIgnored += 1
            return Verdict(.stale)
        case .ignoreUnknown:
            staleIgnored += 1
            return Verdict(.unknownRecord)
        }
    }
}
