import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Where a record stands at one party, as the party's leaves say it, one after the other. The transitions are those of
/// the cores' own tables, seen from outside.
struct RecordStanding {
    private(set) var phase: RecordPhase?
    /// Raw value of the reason when refused, or when a refusal is held.
    private(set) var reason: UInt16 = 0
    private(set) var revision: UInt16 = 0

    /// Takes the next leaf of the party about the record.
    mutating func take(_ leaf: JournalLeaf, revision: UInt16, type: MessageType, duties: Duties) {
        if leaf.decision == .sent {
            takeSent(leaf, revision, type, duties)
        } else if type == duties.intake {
            takeArrival(leaf, revision, duties)
        } else if duties.awaits.contains(type) {
            takeAnswer(leaf, revision, type, duties)
        }
    }

    private mutating func takeArrival(_ leaf: JournalLeaf, _ revision: UInt16, _ duties: Duties) {
        // Whoever waits for nothing has passed the record on, and takes up a later revision of it.
        let passesOn = duties.awaits.isEmpty
        guard leaf.decision == .unreadable else {
            return decide(leaf, revision, taken: passesOn ? .shared : .pending)
        }
        // At the entrance it counts as a refused record when it is new, or the revision that was awaited.
        let isAwaited = (phase == .refused || passesOn && phase == .shared) && revision == self.revision + 1
        if duties.isEntrance, phase == nil || isAwaited { set(.refused, revision, leaf.reason) }
    }

    private mutating func takeAnswer(
        _ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType, _ duties: Duties
    ) {
        if duties.intake == nil {
            decide(leaf, revision, taken: type == .sharingNotice ? .shared : .pending)
        } else if leaf.decision == .refused {
            decide(leaf, revision, taken: .pending)
        }
    }

    private mutating func takeSent(
        _ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType, _ duties: Duties
    ) {
        if duties.intake == nil {
            // A copy of a revision that has been answered changes nothing.
            if duties.passes.contains(type), revision > self.revision { set(.pending, revision) }
        } else if type == duties.concludes {
            set(.shared, revision)
        } else if duties.passes.contains(type), phase == .held, revision == self.revision {
            set(reason == 0 ? .shared : .refused, revision, reason)
        }
    }

    /// The same record, not yet decided.
    var onItsWay: RecordStanding {
        var standing = self
        standing.phase = .pending
        return standing
    }

    private mutating func decide(_ leaf: JournalLeaf, _ revision: UInt16, taken: RecordPhase) {
        switch leaf.decision {
        case .accepted: set(taken, revision)
        case .refused: set(.refused, revision, leaf.reason)
        case .held: set(.held, revision, leaf.reason)
        default: break
        }
    }

    private mutating func set(_ phase: RecordPhase, _ revision: UInt16, _ reason: UInt16 = 0) {
        self.phase = phase
        self.revision = revision
        self.reason = reason
    }
}
