public import Journal
public import PartyCore

/// What a machine goes on with: what the last commit of its party left in the store.
public struct HostMemory: Sendable {
    /// Ledger and figures.
    public var books = PartyBooks()
    /// Number of the next leaf.
    public var nextLeaf: Int64 = 0
    /// Number of the next outbox chunk.
    public var nextChunk: Int64 = 1
    /// Chunks that the broker has not confirmed, oldest first: to be sent again.
    public var unsentChunks: [Int64] = []
    /// Tree and checkpoints.
    public var journal: SignedJournal
    /// What the party knows as a witness of others.
    public var witness: StoredWitness

    /// The memory of a party that begins.
    public init(journal: SignedJournal, witness: StoredWitness = StoredWitness()) {
        self.journal = journal
        self.witness = witness
    }
}
