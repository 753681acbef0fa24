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
    /// The latest revision that has come into the book, as the party knows; 0 for none. Kept by who writes the book and by
    /// facilities.
    private var bookRevision: UInt16 = 0

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
        let isAwaited = (phase == .refused || phase == .shared) && revision == self.revision + 1
        if duties.isEntrance, phase == nil || isAwaited { refuse(revision, leaf.reason) }
    }

    private mutating func takeAnswer(
        _ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType, _ duties: Duties
    ) {
        if duties.intake == nil {
            if type == .sharingNotice, leaf.decision == .accepted { return enterBook(revision) }
            decide(leaf, revision, taken: .pending)
        } else if leaf.decision == .refused {
            decide(leaf, revision, taken: .pending)
        }
    }

    private mutating func takeSent(
        _ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType, _ duties: Duties
    ) {
        if duties.intake == nil {
            // A copy of a revision that has been answered changes nothing.
            let isWithdrawal = leaf.reason != 0
            if duties.passes.contains(type), revision > self.revision {
                set(isWithdrawal ? .withdrawn : .pending, revision)
            }
        } else if type == duties.concludes {
            // The end of an entry says nothing that its cause has not said.
            if leaf.reason == 0 { enterBook(revision) }
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
        case .refused: refuse(revision, leaf.reason)
        case .withdrawn: set(.withdrawn, revision)
        case .held: set(.held, revision, leaf.reason)
        default: break
        }
    }

    /// An earlier revision stays in the book when a later one is refused.
    private mutating func refuse(_ revision: UInt16, _ reason: UInt16) {
        set(bookRevision > 0 ? .shared : .refused, revision, reason)
    }

    /// A revision has come into the book, or an earlier one than the latest, which a facility may hear late.
    private mutating func enterBook(_ revision: UInt16) {
        bookRevision = max(bookRevision, revision)
        if revision >= self.revision {
            set(.shared, revision)
        } else if phase == .refused {
            phase = .shared
        }
    }

    private mutating func set(_ phase: RecordPhase, _ revision: UInt16, _ reason: UInt16 = 0) {
        self.phase = phase
        self.revision = revision
        self.reason = reason
    }
}
