import ExchangeSchema
import Journal
import PartyCore
import PartyStore
import Simulation
import Topology
import TransparencyLog
import Vocabulary

/// What one party, or one shard of it, was left with at the end, whichever host ran it: what it says of itself, and what
/// was counted in its rows and its journal.
struct PartyAccount {
    /// Name of the party, or of the shard.
    let name: String
    /// Name of the party.
    let party: String
    let role: PartyRole
    var books: PartyBooks
    var rows: [RecordPhase: Int64]
    var journal: JournalSummary
    /// Number that its next leaf would have.
    var nextLeaf: Int64
    /// Where it would read on.
    let offsets: [PartitionOffset]
    /// Chunks of its outbox that the broker has not confirmed.
    var unconfirmedChunks: Int
    /// Root of the tree over its journal, 64 hexadecimal digits; empty without leaves.
    let root: String
    let splitViews: [FoundSplitView]

    /// Of a stopped process, from its directory.
    init(shard: Shard, role: PartyRole, store: StoreInspection) throws {
        name = shard.name
        party = shard.party
        self.role = role
        books = store.progress.books
        rows = try store.countByPhase()
        journal = try store.journal()
        nextLeaf = store.progress.nextSequence
        offsets = store.progress.offsets
        unconfirmedChunks = store.progress.unsentChunks.count
        root = try store.frontier()?.root.description ?? ""
        splitViews = try store.splitViews()
    }

    /// Of a machine in the simulation, from its tables in memory.
    init(role: PartyRole, _ simulated: SimulatedParty) {
        let tables = simulated.tables
        (name, party) = (simulated.name, simulated.name)
        self.role = role
        books = tables.books
        rows = simulated.phases
        journal = JournalSummary(leaves: tables.leaves)
        nextLeaf = tables.leafCount
        offsets = tables.offsets.flatMap { topic, next in
            next.map { PartitionOffset(topic: topic, partition: $0.key, next: $0.value) }
        }
        unconfirmedChunks = tables.outbox.count
        root = tables.frontier.root.description
        splitViews = tables.witness.splitViews
    }

    var ledger: Ledger { books.ledger }

    func row(_ phase: RecordPhase) -> Int64 { rows[phase] ?? 0 }

    /// What does not agree inside this party.
    var violations: [String] {
        var found: [String] = []
        func agree(_ what: String, _ ledger: Int64, _ counted: Int64) {
            if ledger != counted { found.append("\(name): the ledger says \(what) \(ledger), the rows say \(counted)") }
        }
        if !ledger.conserves { found.append("\(name): the ledger does not add up") }
        agree("shared", ledger.shared, row(.shared))
        agree("refused", ledger.refused, row(.refused))
        agree("pending", ledger.pending, row(.pending) + row(.held))
        agree("held", ledger.held, row(.held))
        agree("withdrawn", ledger.withdrawn, row(.withdrawn))
        if ledger.strays != journal.strays {
            found.append(
                "\(name): the ledger says \(ledger.strays) messages of no party, the leaves say \(journal.strays)")
        }
        if let fault = journal.firstFault { found.append("\(name): the journal has a gap at leaf \(fault)") }
        if journal.leaves != nextLeaf {
            found.append("\(name): the journal has \(journal.leaves) leaves, numbers were given to \(nextLeaf)")
        }
        return found
    }

    /// Effects beyond one for a record, as far as this party causes them: book entries sent by MoH, taken in by
    /// localities, and noted by facilities as shared, each against the records that are shared and the entries that
    /// amendments and withdrawals have taken out of the present.
    var effectsBeyondOne: Int64 {
        let entry = MessageType.bookEntry.rawValue
        let effects: Int64
        switch role {
        case .moh: effects = journal.count(.sent, type: entry) - journal.withdrawalsSent(type: entry)
        case .locality: effects = journal.count(.accepted, type: entry)
        case .facility: effects = journal.count(.accepted, type: MessageType.sharingNotice.rawValue)
        case .vss, .c06: return 0
        }
        return max(0, effects - row(.shared) - books.figures.book.superseded)
    }

    /// Messages that a party consumed from a topic, by the offsets its shards committed: exact even when it was
    /// restarted. What each shard reads for itself counts once.
    static func consumed(_ topic: String, by offsets: [PartitionOffset]) -> Int64 {
        var next: [Int32: Int64] = [:]
        for entry in offsets where entry.topic == topic {
            next[entry.partition] = max(next[entry.partition] ?? 0, entry.next)
        }
        return next.values.reduce(0, +)
    }

    var report: ConservationReport.PartyFigures {
        .init(
            party: name, submitted: ledger.submitted, shared: ledger.shared, refused: ledger.refused,
            pending: ledger.pending, withdrawn: ledger.withdrawn, held: ledger.held,
            rows: Dictionary(uniqueKeysWithValues: rows.map { ("\($0.key)", $0.value) }),
            journalLeaves: journal.leaves, strays: ledger.strays, unsentChunks: unconfirmedChunks)
    }
}
