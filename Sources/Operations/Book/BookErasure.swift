import BookStore
import Composition
import ExchangeSchema
import Foundation
import HealthBook
import MoHParty
import PartyCore
import PartyStore
import Supervision
import Topology
import Vocabulary

extension ExchangeEvidence {
    /// What an erasure did not reach, for people.
    public static let notReached = """
        not reached: visits that MoH still has pending, what the topics at the broker still hold, what localities and \
        facilities keep of their own, and copies made before
        """

    /// Takes a citizen out of the books, under all numbers that they have had, and overwrites what stood there.
    /// - Returns: The records that stood in the book, none of a book without visits; nil when there was no book.
    /// - Throws: `StoreError`.
    func eraseBook(of citizen: CitizenNumber) throws -> [RecordIdentifier]? {
        let erased = try ministryDirectories.compactMap { try Self.eraseBook(of: citizen, in: $0) }
        return erased.isEmpty ? nil : Set(erased.joined()).sorted()
    }

    private static func eraseBook(of citizen: CitizenNumber, in directory: String) throws -> [RecordIdentifier]? {
        let identity: StoreIdentity
        let records: [RecordIdentifier]
        do {
            let inspection = try StoreInspection(directory: directory)
            guard try inspection.hasTable("book_item"),
                let book = try BookReader.book(of: citizen, in: [inspection])
            else { return nil }
            identity = StoreIdentity(party: inspection.party, exchange: inspection.exchange)
            records = book.records
        }
        let store = try PartyStore<MoHRecord>(
            directory: directory, identity: identity, durability: .power, readModel: BookTables.plan)
        try store.batch { _ in
            var commit = BatchCommit(
                books: store.progress.books, offsets: [], firstLeaf: store.progress.nextSequence, leaves: [],
                chunk: nil, sentChunks: [])
            commit.readModel.append(
                .erasure, subject: citizen.number, record: RecordIdentifier(high: 0, low: 0), revision: 0,
                time: Int64(Date().timeIntervalSince1970 * 1_000), content: [])
            return commit
        }
        // Closing folds the write-ahead log into the database, and takes it away.
        try store.close()
        return records
    }
}
