public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// What a broken sender does with a message.
public enum SendingFault: Sendable, Equatable {
    /// It sends bytes that are no message.
    case unreadable
    /// It sends the message twice.
    case sentTwice

    /// What stands in place of a message that cannot be read.
    public static let noMessage: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
}

/// A party whose sending is at fault: its rules are those of the core inside, and what some of its messages become on
/// their way is told from outside. A guest of scenarios and tests; no party knows of it.
public struct FaultySender<Core: Party>: Party {
    /// What the party remembers of one record.
    public typealias Record = Core.Record

    private let core: Core
    private let fault: @Sendable (OutgoingMessage) -> SendingFault?

    /// The role of the core inside.
    public var party: PartyRole { core.party }

    /// A party, and what becomes of its messages.
    /// - Parameter fault: nil for a message that is sent as it should be.
    public init(_ core: Core, fault: @escaping @Sendable (OutgoingMessage) -> SendingFault?) {
        self.core = core
        self.fault = fault
    }

    /// As the core inside.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Record {
        let first = turn.effects.messages.count
        let verdict = try core.receive(head, payload, in: &turn)
        spoil(from: first, &turn.effects)
        return verdict
    }

    /// As the core inside.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == Record {
        let first = turn.effects.messages.count
        let hasMore = try core.advance(in: &turn, budget: budget)
        spoil(from: first, &turn.effects)
        return hasMore
    }

    /// As the core inside.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Record {
        let first = turn.effects.messages.count
        let answer = try core.obey(command, in: &turn)
        spoil(from: first, &turn.effects)
        return answer
    }

    private func spoil(from first: Int, _ effects: inout Effects) {
        var place = first
        while place < effects.messages.count {
            switch fault(effects.messages[place]) {
            case .unreadable: effects.replacePayload(at: place, with: SendingFault.noMessage)
            case .sentTwice:
                effects.repeatMessage(at: place)
                place += 1
            case nil: break
            }
            place += 1
        }
    }
}

extension FaultySender {
    /// The facilities of a scenario: the population says which visits have a broken sender, in their first revision.
    public init(_ core: Core, of population: SyntheticPopulation) {
        self.init(core) { message in
            guard message.type == .facilityRecord, let visit = population.visitIndex(ofRecord: message.record),
                let fault = SendingFault(population.fault(ofVisit: visit)),
                message.message == MessageIdentifier(.facilityRecord, record: message.record, revision: 1)
            else { return nil }
            return fault
        }
    }
}

extension SendingFault {
    /// The fault of a visit's sender; nil when what is wrong, if anything, stands in the visit.
    init?(_ fault: FaultKind?) {
        switch fault {
        case .unreadable: self = .unreadable
        case .sentTwice: self = .sentTwice
        default: return nil
        }
    }
}
