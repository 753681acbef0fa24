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
    mutating func take(_ leaf: JournalLeaf, revision: UInt16, type: MessageType, role: PartyRole) {
        switch role {
        case .facility: takeFacility(leaf, revision, type)
        case .moh: takeMoH(leaf, revision, type)
        case .vss: if type == .acceptedRecord { decide(leaf, revision, taken: .shared) }
        case .c06: takeC06(leaf, revision, type)
        case .locality: if type == .bookEntry { decide(leaf, revision, taken: .shared) }
        }
    }

    private mutating func takeFacility(_ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType) {
        if type == .facilityRecord, leaf.decision == .sent {
            // A copy of a revision that has been answered changes nothing.
            if revision > self.revision { set(.pending, revision) }
        } else if type == .bookEntry {
            decide(leaf, revision, taken: .shared)
        } else if type == .correction {
            decide(leaf, revision, taken: .pending)
        }
    }

    private mutating func takeMoH(_ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType) {
        switch (type, leaf.decision) {
        case (.facilityRecord, .unreadable):
            // Counts as a refused record when it is new, or the revision that was awaited.
            guard phase == nil || (phase == .refused && revision == self.revision + 1) else { return }
            set(.refused, revision, leaf.reason)
        case (.facilityRecord, _): decide(leaf, revision, taken: .pending)
        case (.assessment, .refused), (.identityResult, .refused): decide(leaf, revision, taken: .pending)
        case (.bookEntry, .sent): set(.shared, revision)
        default: break
        }
    }

    private mutating func takeC06(_ leaf: JournalLeaf, _ revision: UInt16, _ type: MessageType) {
        if type == .identityCheck {
            decide(leaf, revision, taken: .shared)
        } else if type == .identityResult, leaf.decision == .sent, phase == .held, revision == self.revision {
            set(reason == 0 ? .shared : .refused, revision, reason)
        }
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
