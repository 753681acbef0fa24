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

    init(
        _ intake: MessageType?, passes: [MessageType] = [], refuses: MessageType? = nil, awaits: [MessageType] = [],
        concludes: MessageType? = nil, informs: MessageType? = nil
    ) {
        self.intake = intake
        self.passes = passes
        self.refuses = refuses
        self.awaits = awaits
        self.concludes = concludes
        self.informs = informs
    }

    /// Whether records come to the party straight from facilities, so that it answers for what cannot be read.
    public var isEntrance: Bool { intake == .facilityRecord }

    /// Kinds that the party takes in.
    public var inputs: [MessageType] { (intake.map { [$0] } ?? []) + awaits }

    /// Kinds that the party sends.
    public var outputs: [MessageType] {
        var all = passes
        for kind in [refuses, concludes, informs].compactMap(\.self) where !all.contains(kind) { all.append(kind) }
        return all
    }

    /// Kinds to which an incoming message may lead.
    public func consequences(of type: MessageType) -> [MessageType] {
        let refusal = refuses.map { [$0] } ?? []
        if type == intake { return passes + refusal }
        return awaits.contains(type) ? [concludes, informs].compactMap(\.self) + refusal : []
    }
}

extension PartyRole {
    /// All ways in which the role has rules to take part. The first one is that of April 2024.
    public var duties: [Duties] {
        switch self {
        case .facility: [Duties(nil, passes: [.facilityRecord], awaits: [.sharingNotice, .correction])]
        case .moh:
            [
                Duties(
                    .facilityRecord, passes: [.acceptedRecord], refuses: .correction,
                    awaits: [.assessment, .identityResult], concludes: .bookEntry, informs: .sharingNotice),
                Duties(
                    .assessedRecord, passes: [.identityCheck], refuses: .correction, awaits: [.identityResult],
                    concludes: .bookEntry, informs: .sharingNotice),
            ]
        case .vss:
            [
                Duties(.acceptedRecord, passes: [.assessment, .identityCheck], refuses: .assessment),
                Duties(.facilityRecord, passes: [.assessedRecord], refuses: .correction),
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
