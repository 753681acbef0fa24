import ExchangeSchema
import HealthBook
public import PartyStore

/// Says who has a book, of MoH's stores as they are at one moment: of several shards all are asked.
public final class BookCensus {
    private let stores: [StoreInspection]
    private let chain: NumberChain

    /// - Throws: `StoreError` when a store is damaged.
    public init(_ stores: [StoreInspection]) throws {
        // A store that MoH has not written to yet has no tables of books.
        self.stores = try stores.filter { try $0.hasTable("book_item") }
        let successors = try self.stores.reduce(into: [UInt64: UInt64]()) { known, store in
            known.merge(try store.withConnection { try BookRows($0).successors() }) { first, _ in first }
        }
        chain = NumberChain(successors)
    }

    /// Those who have a book, under any number that they have had.
    /// - Parameter citizens: Citizen numbers, below 10^12.
    public func withBook(_ citizens: [UInt64]) throws -> Set<UInt64> {
        try those(of: citizens) { try $0.hasBook($1) }
    }

    /// Those whose book was opened before any visit, likewise.
    public func enrolled(_ citizens: [UInt64]) throws -> Set<UInt64> {
        try those(of: citizens) { try $0.isEnrolled($1) }
    }

    private func those(
        of citizens: [UInt64], _ isSuch: (BookLookUp, UInt64) throws -> Bool
    ) throws -> Set<UInt64> {
        var found: Set<UInt64> = []
        for store in stores {
            try store.withConnection { connection in
                let lookUp = try BookRows(connection).lookUp()
                defer { lookUp.finalize() }
                for citizen in citizens where !found.contains(citizen) {
                    if try chain.numbers(of: citizen).contains(where: { try isSuch(lookUp, $0) }) {
                        found.insert(citizen)
                    }
                }
            }
        }
        return found
    }
}
