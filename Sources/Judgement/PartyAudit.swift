import ExchangeSchema
import Journal
import PartyCore
import PartyStore
import Topology
import TransparencyLog
import Vocabulary

/// One stopped party, or one shard of it, looked at from its rows and its journal.
struct PartyAudit {
    /// Name of the party, or of the shard.
    let name: String
    /// Name of the party.
    let party: String
    let role: PartyRole
    let ledger: Ledger
    let figures: OwnFigures
    let rows: [RecordPhase: Int64]
    let journal: JournalSummary
    let progress: StoredProgress
    let headless: Int64
    let root: String
    let splitViews: [FoundSplitView]

    init(shard: Shard, role: PartyRole, store: StoreInspection) throws {
        name = shard.name
        party = shard.party
        self.role = role
        progress = store.progress
        ledger = progress.ledger
        figures = progress.figures
        rows = try store.countByPhase()
        let summary = try store.journal()
        journal = summary
        root = try store.frontier()?.root.description ?? ""
        splitViews = try store.splitViews()
        headless = summary.headlessRefusals
    }

    func row(_ phase: RecordPhase) -> Int64 { rows[phase] ?? 0 }

    /// What does not agree inside this party.
    var violations: [String] {
        var found: [String] = []
        func agree(_ what: String, _ ledger: Int64, _ counted: Int64) {
            if ledger != counted { found.append("\(name): the ledger says \(what) \(ledger), the rows say \(counted)") }
        }
        if !ledger.conserves { found.append("\(name): the ledger does not add up") }
        agree("shared", ledger.shared, row(.shared))
        agree("refused", ledger.refused, row(.refused) + headless)
        agree("pending", ledger.pending, row(.pending) + row(.held))
        agree("held", ledger.held, row(.held))
        if let fault = journal.firstFault { found.append("\(name): the journal has a gap at leaf \(fault)") }
        if journal.leaves != progress.nextSequence {
            found.append(
                "\(name): the journal has \(journal.leaves) leaves, numbers were given to \(progress.nextSequence)")
        }
        return found
    }

    /// Effects beyond one for a record, as far as this party causes them: book entries sent by MoH, taken in by
    /// localities, and noted by facilities, each against the records that are shared.
    var effectsBeyondOne: Int64 {
        let entry = MessageType.bookEntry.rawValue
        let effects: Int64
        switch role {
        case .moh: effects = journal.count(.sent, type: entry)
        case .locality, .facility: effects = journal.count(.accepted, type: entry)
        case .vss, .c06: return 0
        }
        return max(0, effects - row(.shared))
    }

    /// Messages that a party consumed from a topic, by the offsets its shards committed: exact even when it was
    /// restarted. What each shard reads for itself counts once.
    static func consumed(_ topic: String, by progress: [StoredProgress]) -> Int64 {
        var next: [Int32: Int64] = [:]
        for entry in progress.flatMap(\.offsets) where entry.topic == topic {
            next[entry.partition] = max(next[entry.partition] ?? 0, entry.next)
        }
        return next.values.reduce(0, +)
    }

    var report: ConservationReport.PartyFigures {
        .init(
            party: name, submitted: ledger.submitted, shared: ledger.shared, refused: ledger.refused,
            pending: ledger.pending, held: ledger.held,
            rows: Dictionary(uniqueKeysWithValues: rows.map { ("\($0.key)", $0.value) }),
            journalLeaves: journal.leaves, headless: headless, unsentChunks: progress.unsentChunks.count)
    }
}
