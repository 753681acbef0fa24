/// What a party does in an exchange: with which message a record comes to it, what it sends on when the record passes
/// its rules, what it sends when it does not, and which answers it waits for. A role has rules for some ways of taking
/// part, and each is a value here; which of them a party has, the readers of a topology's topics decide.
public struct Duties: Sendable, Hashable {
    /// The message that brings the party a record; nil for a facility, with which records begin.
    public let intake: MessageType?
    /// What it sends on when a record passes.
    public let passes: [MessageType]
    /// What it sends when a record does not pass; nil when it refuses nothing.
    public let refuses: MessageType?
    /// Answers that it waits for, of which each may be a refusal.
    public let awaits: [MessageType]
    /// What it sends once all answers are there.
    public let concludes: MessageType?
    /// What it tells the facility then.
    public let informs: MessageType?
    /// What it may say of a record after it has passed it on.
    public private(set) var adds: MessageType?
    /// What it hears of a record that was passed on before. It decides nothing.
    public private(set) var hears: MessageType?
    /// What it sends on of what it hears.
    public private(set) var tells: MessageType?

    init(
        _ intake: MessageType?, passes: [MessageType] = [], refuses: MessageType? = nil, awaits: [MessageType] = [],
        concludes: MessageType? = nil, informs: MessageType? = nil, adds: MessageType? = nil,
        hears: MessageType? = nil, tells: MessageType? = nil
    ) {
        self.intake = intake
        self.passes = passes
        self.refuses = refuses
        self.awaits = awaits
        self.concludes = concludes
        self.informs = informs
        self.adds = adds
        self.hears = hears
        self.tells = tells
    }

    /// The same in an exchange that has topics for these kinds alone. What is said of a record that was passed on is left
    /// out where no topic carries it; everything else must be there.
    public func limited(to carried: Set<MessageType>) -> Duties {
        func lacks(_ kind: MessageType?) -> Bool { kind.map { !carried.contains($0) } ?? false }
        var duties = self
        if lacks(adds) { duties.adds = nil }
        if lacks(hears) {
            duties.hears = nil
            duties.tells = nil
        }
        return duties
    }

    /// Whether records come to the party straight from facilities, so that it answers for what cannot be read.
    public var isEntrance: Bool { intake == .facilityRecord }

    /// Kinds that the party takes in.
    public var inputs: [MessageType] { (intake.map { [$0] } ?? []) + awaits + (hears.map { [$0] } ?? []) }

    /// Kinds that the party sends.
    public var outputs: [MessageType] {
        var all = passes
        for kind in [refuses, concludes, informs, adds, tells].compactMap(\.self) where !all.contains(kind) {
            all.append(kind)
        }
        return all
    }

    /// Kinds to which an incoming message may lead.
    public func consequences(of type: MessageType) -> [MessageType] {
        let refusal = refuses.map { [$0] } ?? []
        if type == hears { return tells.map { [$0] } ?? [] }
        if type == intake { return passes + refusal + (adds.map { [$0] } ?? []) }
        return awaits.contains(type) ? [concludes, informs].compactMap(\.self) + refusal : []
    }
}

extension PartyRole {
    /// All ways in which the role has rules to take part. The first one is that of April 2024.
    public var duties: [Duties] {
        switch self {
        case .facility:
            [
                Duties(
                    nil, passes: [.facilityRecord], awaits: [.sharingNotice, .correction], hears: .insuranceNotice)
            ]
        case .moh:
            [
                Duties(
                    .facilityRecord, passes: [.acceptedRecord], refuses: .correction,
                    awaits: [.assessment, .identityResult], concludes: .bookEntry, informs: .sharingNotice,
                    hears: .assessmentFeedback, tells: .insuranceNotice),
                Duties(
                    .assessedRecord, passes: [.identityCheck], refuses: .correction, awaits: [.identityResult],
                    concludes: .bookEntry, informs: .sharingNotice, hears: .assessmentFeedback,
                    tells: .insuranceNotice),
            ]
        case .vss:
            [
                Duties(
                    .acceptedRecord, passes: [.assessment, .identityCheck], refuses: .assessment,
                    adds: .assessmentFeedback),
                Duties(
                    .facilityRecord, passes: [.assessedRecord], refuses: .correction, adds: .assessmentFeedback),
            ]
        case .c06: [Duties(.identityCheck, passes: [.identityResult], refuses: .identityResult)]
        case .locality: [Duties(.bookEntry)]
        }
    }

    /// The role's duties where records come to it by one of these kinds; nil when it has none such.
    public func duties(reading kinds: some Collection<MessageType>) -> Duties? {
        duties.first { duties in duties.intake.map { kinds.contains($0) } ?? true }
    }
}
