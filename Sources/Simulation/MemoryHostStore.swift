import ExchangeSchema
import HostMachine
public import Journal
public import PartyCore
public import TransparencyLog

/// The store of a simulated party: transactional, in memory. What is committed outlives a crash, nothing else does.
struct MemoryHostStore<Record: RecordValue>: HostStore {
    private(set) var state = TransactionalState<Record>()
    private(set) var durable = DurableTables()
    let probe: CrashProbe?
    /// Leaves committed since they were taken last.
    private var fresh: [UInt8] = []

    init(probe: CrashProbe?, readModel: (any ReadModel)? = nil) {
        self.probe = probe
        durable.readModel = readModel
    }

    mutating func transaction(_ body: (inout TransactionalState<Record>) throws -> HostCommit?) throws {
        state.readModel = durable.readModel
        do {
            guard let commit = try body(&state) else { return state.rollBack() }
            try probe?.pass(.commit)
            state.commit()
            durable.write(commit)
            fresh += commit.leaves
        } catch {
            state.rollBack()
            throw error
        }
    }

    mutating func chunk(_ number: Int64) throws -> OutboxChunk? {
        try probe?.pass(.sendAgain)
        return durable.outbox[number]
    }

    /// Leaves committed since the last call, end to end.
    mutating func takeFresh() -> [UInt8] {
        defer { fresh.removeAll() }
        return fresh
    }
}

/// What a party's commits have left, beside its records: the same tables as in SQLite.
public struct DurableTables: Sendable {
    /// Ledger and figures.
    public private(set) var books = PartyBooks()
    /// All leaves, end to end.
    public private(set) var leaves: [UInt8] = []
    /// Where the party reads on, by topic and partition.
    public private(set) var offsets: [String: [Int32: Int64]] = [:]
    /// Chunks that are not confirmed.
    public private(set) var outbox: [Int64: OutboxChunk] = [:]
    /// Signed checkpoints by size, oldest first.
    public private(set) var checkpoints: [(size: UInt64, note: [UInt8])] = []
    /// Cosignatures of its checkpoints.
    public private(set) var cosigned: [CollectedCosignature] = []
    /// What the party knows as a witness of others.
    public private(set) var witness = StoredWitness()
    /// The right edge of the tree.
    public private(set) var frontier = TreeFrontier()
    /// What people read of the party; nil for a party without a read model.
    public internal(set) var readModel: (any ReadModel)?
    private var tiles: [[Int64]: [UInt8]] = [:]
    private var published: (tree: TreeFrontier, request: [UInt8])?
    private var nextChunk: Int64 = 1

    /// Leaves.
    public var leafCount: Int64 { Int64(leaves.count / JournalTree.leafWidth) }

    mutating func write(_ commit: HostCommit) {
        precondition(commit.firstLeaf == leafCount, "leaves are numbered without gaps")
        books = commit.books
        leaves += commit.leaves
        for entry in commit.offsets { offsets[entry.topic, default: [:]][entry.partition] = entry.next }
        if let chunk = commit.chunk {
            outbox[chunk.number] = chunk
            nextChunk = chunk.number + 1
        }
        for number in commit.sentChunks { outbox[number] = nil }
        if let edge = commit.rows.frontier { frontier = edge }
        for tile in commit.rows.tiles { tiles[[tile.level, tile.place]] = tile.bytes }
        if let checkpoint = commit.rows.checkpoint { checkpoints.append(checkpoint) }
        if let publication = commit.rows.publication { published = publication }
        if let seen = commit.witness { write(seen) }
        if !commit.readModel.isEmpty { readModel?.apply(commit.readModel) }
    }

    private mutating func write(_ seen: WitnessCommit) {
        witness.next = seen.next
        for entry in seen.witnessed {
            witness.witnessed.removeAll { $0.origin == entry.origin }
            witness.witnessed.append(entry)
        }
        for list in seen.keys {
            witness.keys.removeAll { $0.origin == list.origin }
            witness.keys.append(list)
        }
        cosigned += seen.cosigned
        witness.splitViews += seen.splitViews
    }

    /// What a machine goes on with after a start.
    func memory(signer: SignerKey) -> HostMemory {
        var growth = TreeExtension(wholeTree: frontier)
        if let published {
            growth = TreeExtension(base: published.tree)
            let rest = Int(published.tree.size) * JournalTree.leafWidth
            growth.append(JournalTree.hashes(of: Array(leaves[rest...])))
        }
        let edge = JournalTiles(size: frontier.size) { level, place in tiles[[level, place]] }
        precondition(growth.tree == frontier && edge != nil, "the tree belongs to the journal")
        var journal = SignedJournal(tree: JournalTree(growth: growth, tiles: edge ?? JournalTiles()))
        journal.sign(with: signer, after: checkpoints.last)
        journal.publish(after: published.map { ($0.tree.size, $0.request) })
        var known = witness
        known.cosigned = cosigned.filter { $0.size == published?.tree.size }.map(\.signature)
        var memory = HostMemory(journal: journal, witness: known)
        memory.books = books
        memory.nextLeaf = leafCount
        memory.nextChunk = nextChunk
        memory.unsentChunks = outbox.keys.sorted()
        return memory
    }
}
