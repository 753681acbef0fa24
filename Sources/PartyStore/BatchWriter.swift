import Foundation
import GRDBSQLite
public import PartyCore
import TransparencyLog

/// Where a party goes on in one partition of one topic.
public struct PartitionOffset: Sendable, Equatable {
    /// The topic.
    public var topic: String
    /// The partition, from 0.
    public var partition: Int32
    /// The next offset to read.
    public var next: Int64

    /// Takes all fields.
    public init(topic: String, partition: Int32, next: Int64) {
        self.topic = topic
        self.partition = partition
        self.next = next
    }
}

/// What is committed with a batch beside the state.
public struct BatchCommit: Sendable {
    /// The ledger after the batch.
    public var ledger: Ledger
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

    /// Takes all fields.
    public init(
        ledger: Ledger, offsets: [PartitionOffset], firstLeaf: Int64, leaves: [UInt8], chunk: OutboxChunk?,
        sentChunks: [Int64]
    ) {
        self.ledger = ledger
        self.offsets = offsets
        self.firstLeaf = firstLeaf
        self.leaves = leaves
        self.chunk = chunk
        self.sentChunks = sentChunks
    }
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
    /// The tree over the journal.
    private(set) var tree: JournalTree
    /// Who signs; nil for nobody.
    var signer: CheckpointSigner?
    /// The checkpoint signed last since the start.
    private(set) var note: [UInt8]?
    /// How checkpoints go to the witnesses; nil when they do not.
    var publication: CheckpointPublication?
    private var nextChunk: Int64 = 0
    private var scratch = ByteWriter()
    private let encoder = JSONEncoder()

    init(_ connection: OpaquePointer, tree: JournalTree) throws(StoreError) {
        self.tree = tree
        beginStatement = try Statement(connection, "BEGIN IMMEDIATE")
        commitStatement = try Statement(connection, "COMMIT")
        rollBackStatement = try Statement(connection, "ROLLBACK")
        journal = try Statement(connection, "INSERT INTO journal (first, count, leaves) VALUES (?1, ?2, ?3)")
        outbox = try Statement(connection, "INSERT INTO outbox (number, chunk) VALUES (?1, ?2)")
        sent = try Statement(connection, "DELETE FROM outbox WHERE number = ?1")
        offset = try Statement(
            connection,
            """
            INSERT INTO offset (topic, partition, next) VALUES (CAST(?1 AS TEXT), ?2, ?3)
            ON CONFLICT (topic, partition) DO UPDATE SET next = excluded.next
            """)
        progress = try Statement(
            connection,
            """
            INSERT OR REPLACE INTO progress (id, ledger, next_sequence, next_chunk, next_position)
            VALUES (1, ?1, ?2, max(?3, coalesce((SELECT next_chunk FROM progress), 1)), ?4)
            """)
        frontier = try Statement(connection, "INSERT OR REPLACE INTO frontier (id, size, hashes) VALUES (1, ?1, ?2)")
        checkpoint = try Statement(connection, "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)")
        tile = try Statement(connection, JournalTiles.statement)
        published = try Statement(
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
            try commit.leaves.withUnsafeBytes { leaves in
                journal.bind(commit.firstLeaf, at: 1)
                journal.bind(count, at: 2)
                journal.bind(borrowed: leaves, at: 3)
                try journal.run()
            }
            try writeTree(commit.leaves)
        }
        if let clock = commit.clock, signer?.isDue(size: tree.frontier.size, now: clock) == true {
            try writeCheckpoint(now: clock)
            try writePublication(now: clock)
        }
        if let chunk = commit.chunk {
            scratch.removeAll()
            chunk.encode(into: &scratch)
            try scratch.bytes.withUnsafeBytes { bytes in
                outbox.bind(chunk.number, at: 1)
                outbox.bind(borrowed: bytes, at: 2)
                try outbox.run()
            }
            nextChunk = chunk.number + 1
        }
        for number in commit.sentChunks {
            sent.bind(number, at: 1)
            try sent.run()
        }
        for entry in commit.offsets {
            var topic = entry.topic
            try topic.withUTF8 { text in
                offset.bind(borrowed: UnsafeRawBufferPointer(text), at: 1)
                offset.bind(Int64(entry.partition), at: 2)
                offset.bind(entry.next, at: 3)
                try offset.run()
            }
        }
        try encoder.encode(commit.ledger).withUnsafeBytes { ledger in
            progress.bind(borrowed: ledger, at: 1)
            progress.bind(commit.firstLeaf + count, at: 2)
            progress.bind(nextChunk, at: 3)
            progress.bind(nextPosition, at: 4)
            try progress.run()
        }
    }

    private func writeTree(_ leaves: [UInt8]) throws {
        tree.append(leaves)
        try tree.bytes.withUnsafeBytes { hashes in
            frontier.bind(Int64(clamping: tree.frontier.size), at: 1)
            frontier.bind(borrowed: hashes, at: 2)
            try frontier.run()
        }
        try tree.tiles.drain { changed in
            tile.bind(changed.level, at: 1)
            tile.bind(changed.place, at: 2)
            try changed.bytes.withUnsafeBytes { hashes in
                tile.bind(borrowed: hashes, at: 3)
                try tile.run()
            }
        }
    }

    /// Signs the tree as it stands, unless that is done; to be called inside a transaction.
    func writeCheckpoint(now: Int64) throws {
        let size = tree.frontier.size
        guard size > 0, signer?.signedSize != size, let signed = try signer?.sign(tree.frontier, now: now) else {
            return
        }
        try signed.withUnsafeBytes { note in
            checkpoint.bind(Int64(clamping: size), at: 1)
            checkpoint.bind(borrowed: note, at: 2)
            try checkpoint.run()
        }
        note = signed
    }

    /// Takes up behind the last checkpoint in the store.
    func resume(note: [UInt8]?) { self.note = note }

    /// Whether the tree as it stands is signed and goes to the witnesses now.
    func isPublicationDue(now: Int64, force: Bool = false) -> Bool {
        guard note != nil, signer?.signedSize == tree.frontier.size else { return false }
        return publication?.isDue(size: tree.frontier.size, now: now, force: force) == true
    }

    /// Writes down what goes to the witnesses, when it is due; to be called inside a transaction.
    func writePublication(now: Int64, force: Bool = false) throws {
        guard isPublicationDue(now: now, force: force), let note else { return }
        let proof = tree.proof
        let request = WitnessRequest(oldSize: proof.old, path: proof.path, note: try SignedNote(note)).bytes
        try tree.bytes.withUnsafeBytes { hashes in
            try request.withUnsafeBytes { request in
                published.bind(Int64(clamping: tree.frontier.size), at: 1)
                published.bind(borrowed: hashes, at: 2)
                published.bind(borrowed: request, at: 3)
                try published.run()
            }
        }
        tree.rebase()
        publication?.begin(request, size: tree.frontier.size, now: now)
    }
}
