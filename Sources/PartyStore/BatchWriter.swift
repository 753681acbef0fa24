import Foundation
import GRDBSQLite
public import Journal
public import PartyCore
import TransparencyLog

/// What is committed with a batch beside the state.
public struct BatchCommit: Sendable {
    /// Ledger and figures after the batch.
    public var books: PartyBooks
    /// Offsets that moved.
    public var offsets: [PartitionOffset]
    /// Number of the batch's first leaf.
    public var firstLeaf: Int64
    /// The leaves, end to end.
    public var leaves: [UInt8]
    /// What the batch sends; nil for nothing.
    public var chunk: OutboxChunk?
    /// Chunks that the broker has confirmed since the last batch.
    public var sentChunks: [Int64]
    /// Clock reading for the pace of checkpoints, Unix milliseconds; nil signs none with this batch.
    public var clock: Int64?
    /// What came of the checkpoints of others; nil for nothing.
    public var witness: WitnessCommit?
    /// Tree and checkpoints, from whoever took the journal over (``PartyStore/handOverJournal()``); nil where the store
    /// keeps them itself.
    public var rows: SignedJournal.Rows?
    /// What changes in the party's read model; nothing is kept of it by a store that was opened without one.
    public var readModel = ReadModelChanges()

    /// Takes all fields.
    public init(
        books: PartyBooks, offsets: [PartitionOffset], firstLeaf: Int64, leaves: [UInt8], chunk: OutboxChunk?,
        sentChunks: [Int64]
    ) {
        self.books = books
        self.offsets = offsets
        self.firstLeaf = firstLeaf
        self.leaves = leaves
        self.chunk = chunk
        self.sentChunks = sentChunks
    }

    /// Number of the leaf after the last one of the batch.
    var nextLeaf: Int64 { firstLeaf + Int64(leaves.count / JournalLeaf.width) }
}

/// Writes what a batch commits, with statements prepared once.
final class BatchWriter {
    private let beginStatement: Statement
    private let commitStatement: Statement
    private let rollBackStatement: Statement
    private let journal: Statement
    private let outbox: Statement
    private let sent: Statement
    private let offset: Statement
    private let progress: Statement
    private let frontier: Statement
    private let checkpoint: Statement
    private let tile: Statement
    private let published: Statement
    /// Tree and checkpoints.
    var head: SignedJournal
    private var nextChunk: Int64 = 0
    private var scratch = ByteWriter()
    private let encoder = JSONEncoder()

    init(_ connection: OpaquePointer, tree: JournalTree) throws(StoreError) {
        head = SignedJournal(tree: tree)
        beginStatement = try unsafe Statement(connection, "BEGIN IMMEDIATE")
        commitStatement = try unsafe Statement(connection, "COMMIT")
        rollBackStatement = try unsafe Statement(connection, "ROLLBACK")
        journal = try unsafe Statement(connection, "INSERT INTO journal (first, count, leaves) VALUES (?1, ?2, ?3)")
        outbox = try unsafe Statement(connection, "INSERT INTO outbox (number, chunk) VALUES (?1, ?2)")
        sent = try unsafe Statement(connection, "DELETE FROM outbox WHERE number = ?1")
        offset = try unsafe Statement(
            connection,
            """
            INSERT INTO offset (topic, partition, next) VALUES (CAST(?1 AS TEXT), ?2, ?3)
            ON CONFLICT (topic, partition) DO UPDATE SET next = excluded.next
            """)
        progress = try unsafe Statement(
            connection,
            """
            INSERT OR REPLACE INTO progress (id, books, next_sequence, next_chunk, next_position)
            VALUES (1, ?1, ?2, max(?3, coalesce((SELECT next_chunk FROM progress), 1)), ?4)
            """)
        frontier = try unsafe Statement(
            connection, "INSERT OR REPLACE INTO frontier (id, size, hashes) VALUES (1, ?1, ?2)")
        checkpoint = try unsafe Statement(connection, "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)")
        tile = try unsafe Statement(connection, StoredTiles.statement)
        published = try unsafe Statement(
            connection, "INSERT OR REPLACE INTO published (id, size, hashes, request) VALUES (1, ?1, ?2, ?3)")
    }

    func finalize() {
        let statements = [
            beginStatement, commitStatement, rollBackStatement, journal, outbox, sent, offset, progress, frontier,
            checkpoint, tile, published,
        ]
        for statement in statements { statement.finalize() }
    }

    func begin() throws(StoreError) { try beginStatement.run() }

    func commit() throws(StoreError) { try commitStatement.run() }

    /// Takes a batch back. After some errors SQLite has done so already, and then there is nothing to take back.
    func rollBack() { try? rollBackStatement.run() }

    func write(_ commit: BatchCommit, nextPosition: Int64) throws {
        let count = Int64(commit.leaves.count / JournalLeaf.width)
        if count > 0 {
            try unsafe commit.leaves.withUnsafeBytes { leaves in
                try journal.bind(commit.firstLeaf, at: 1)
                try journal.bind(count, at: 2)
                try unsafe journal.bind(borrowed: leaves, at: 3)
                try journal.run()
            }
        }
        if let rows = commit.rows {
            try write(rows)
        } else {
            head.append(commit.leaves)
            if let clock = commit.clock { try head.seal(now: clock) }
            try write(head.takeRows())
        }
        // What goes makes room for what comes: a page that is overwritten because it became free is written once.
        for number in commit.sentChunks {
            try sent.bind(number, at: 1)
            try sent.run()
        }
        if let chunk = commit.chunk {
            scratch.removeAll()
            chunk.encode(into: &scratch)
            try unsafe scratch.bytes.withUnsafeBytes { bytes in
                try outbox.bind(chunk.number, at: 1)
                try unsafe outbox.bind(borrowed: bytes, at: 2)
                try outbox.run()
            }
            nextChunk = chunk.number + 1
        }
        for entry in commit.offsets {
            var topic = entry.topic
            try topic.withUTF8 { text in
                try unsafe offset.bind(borrowed: UnsafeRawBufferPointer(text), at: 1)
                try offset.bind(Int64(entry.partition), at: 2)
                try offset.bind(entry.next, at: 3)
                try offset.run()
            }
        }
        try unsafe encoder.encode(commit.books).withUnsafeBytes { books in
            try unsafe progress.bind(borrowed: books, at: 1)
            try progress.bind(commit.firstLeaf + count, at: 2)
            try progress.bind(nextChunk, at: 3)
            try progress.bind(nextPosition, at: 4)
            try progress.run()
        }
    }

    /// Writes what became of tree and checkpoints; to be called inside a transaction.
    func write(_ rows: SignedJournal.Rows) throws {
        if let edge = rows.frontier {
            try unsafe edge.storedHashes.withUnsafeBytes { hashes in
                try frontier.bind(Int64(clamping: edge.size), at: 1)
                try unsafe frontier.bind(borrowed: hashes, at: 2)
                try frontier.run()
            }
        }
        for changed in rows.tiles {
            try tile.bind(changed.level, at: 1)
            try tile.bind(changed.place, at: 2)
            try unsafe changed.bytes.withUnsafeBytes { hashes in
                try unsafe tile.bind(borrowed: hashes, at: 3)
                try tile.run()
            }
        }
        if let signed = rows.checkpoint {
            try unsafe signed.note.withUnsafeBytes { note in
                try checkpoint.bind(Int64(clamping: signed.size), at: 1)
                try unsafe checkpoint.bind(borrowed: note, at: 2)
                try checkpoint.run()
            }
        }
        guard let publication = rows.publication else { return }
        try unsafe publication.tree.storedHashes.withUnsafeBytes { hashes in
            try unsafe publication.request.withUnsafeBytes { request in
                try published.bind(Int64(clamping: publication.tree.size), at: 1)
                try unsafe published.bind(borrowed: hashes, at: 2)
                try unsafe published.bind(borrowed: request, at: 3)
                try published.run()
            }
        }
    }
}

extension TreeFrontier {
    /// The stored form of the hashes.
    fileprivate var storedHashes: [UInt8] { hashes.flatMap(\.bytes) }
}
