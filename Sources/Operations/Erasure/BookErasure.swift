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
    /// All numbers that a citizen has had, as far as a book has it; the given one where there is none.
    func numbers(of citizen: CitizenNumber) throws -> [UInt64] {
        let stores = try ministryDirectories.map { try StoreInspection(directory: $0) }
        guard try stores.allSatisfy({ try $0.hasTable("book_item") }) else { return [citizen.number] }
        return try BookReader.book(of: citizen, in: stores)?.numbers ?? [citizen.number]
    }

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
        try ReadModelErasure.run(
            [citizen.number], in: directory, identity: identity, plan: BookTables.plan, as: MoHRecord.self)
        return records
    }
}
