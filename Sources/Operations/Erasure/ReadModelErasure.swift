import ExchangeSchema
import Foundation
import PartyCore
import PartyStore

/// Takes a person out of what people read of a party that does not run.
enum ReadModelErasure {
    /// Writes the erasure of these numbers as a batch without leaves, so that the model follows as it follows any batch.
    /// - Throws: `StoreError`.
    static func run<Record: RecordValue>(
        _ citizens: [UInt64], in directory: String, identity: StoreIdentity, plan: ReadModelPlan, as: Record.Type
    ) throws {
        let store = try PartyStore<Record>(
            directory: directory, identity: identity, durability: .power, readModel: plan)
        try store.batch { _ in
            var commit = BatchCommit(
                books: store.progress.books, offsets: [], firstLeaf: store.progress.nextSequence, leaves: [],
                chunk: nil, sentChunks: [])
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            for citizen in citizens {
                commit.readModel.append(
                    .erasure, subject: citizen, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: now,
                    content: [])
            }
            return commit
        }
        // Closing folds the write-ahead log into the database, and takes it away.
        try store.close()
    }
}
