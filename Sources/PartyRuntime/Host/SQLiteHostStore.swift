import HostMachine
import PartyCore
import PartyStore

/// The store of a host: SQLite.
struct SQLiteHostStore<Record: RecordValue>: HostStore {
    let store: PartyStore<Record>

    func transaction(_ body: (inout StoreState<Record>) throws -> HostCommit?) throws {
        try store.batch { state in try body(&state).map { BatchCommit($0) } }
    }

    func chunk(_ number: Int64) throws -> OutboxChunk? { try store.outboxChunk(number) }
}

extension BatchCommit {
    init(_ commit: HostCommit) {
        self.init(
            books: commit.books, offsets: commit.offsets, firstLeaf: commit.firstLeaf, leaves: commit.leaves,
            chunk: commit.chunk, sentChunks: commit.sentChunks)
        witness = commit.witness
        rows = commit.rows
        readModel = commit.readModel
    }
}

extension HostMemory {
    /// What a store holds for the machine that goes on with it.
    /// - Throws: `StoreError`.
    init<Record: RecordValue>(_ store: PartyStore<Record>) throws {
        try store.publishCheckpoints()
        self.init(journal: store.handOverJournal(), witness: try store.witness())
        let progress = store.progress
        books = progress.books
        nextLeaf = progress.nextSequence
        nextChunk = progress.nextChunk
        unsentChunks = progress.unsentChunks
    }
}
