import Foundation
import GRDB
public import PartyCore

/// How far a party had come when its store was opened.
public struct StoredProgress: Sendable {
    /// Its ledger and figures.
    public var books: PartyBooks
    /// Number of the next journal leaf.
    public var nextSequence: Int64
    /// Number of the next outbox chunk.
    public var nextChunk: Int64
    /// Position of the next kept entry.
    public var nextPosition: Int64
    /// Where it goes on reading.
    public var offsets: [PartitionOffset]
    /// Chunks that the broker has not confirmed, oldest first: to be sent again.
    public var unsentChunks: [Int64]

    /// The law.
    public var ledger: Ledger { books.ledger }
    /// What the party counts for itself.
    public var figures: OwnFigures { books.figures }

    init(_ database: Database) throws {
        books = PartyBooks()
        nextSequence = 0
        nextChunk = 1
        nextPosition = 1
        let row = try Row.fetchOne(
            database, sql: "SELECT books, next_sequence, next_chunk, next_position FROM progress")
        if let row {
            let stored: Data = try row.stored(0)
            guard let decoded = try? JSONDecoder().decode(PartyBooks.self, from: stored) else {
                throw StoreError(.damaged, "the ledger is damaged; restore the data directory from a copy")
            }
            books = decoded
            nextSequence = try row.stored(1)
            nextChunk = try row.stored(2)
            nextPosition = try row.stored(3)
        }
        offsets = try Row.fetchAll(database, sql: "SELECT topic, partition, next FROM offset").map {
            let stored: Int64 = try $0.stored(1)
            guard let partition = Int32(exactly: stored) else {
                throw StoreError(
                    .damaged, "an offset is of partition \(stored); restore the data directory from a copy")
            }
            return PartitionOffset(topic: try $0.stored(0), partition: partition, next: try $0.stored(2))
        }
        unsentChunks = try Int64.fetchAll(database, sql: "SELECT number FROM outbox ORDER BY number")
    }
}
