public import ExchangeSchema
public import HealthBook
public import PartyStore

/// Reads books from MoH's stores, whether MoH runs or not: of several shards all are asked.
public enum BookReader {
    /// The book of a citizen, under any number that they have had.
    /// - Returns: Nil when no store knows the citizen.
    /// - Throws: `StoreError` when a store keeps no book or is damaged; `UnreadablePayload` when an entry is.
    public static func book(of citizen: CitizenNumber, in stores: [StoreInspection]) throws -> HealthBook? {
        for store in stores where try !store.hasTable("book_item") {
            throw StoreError(
                .notBegun,
                "\(store.party) keeps no book yet; an exchange of an earlier version has none until it is started")
        }
        let successors = try stores.reduce(into: [UInt64: UInt64]()) { known, store in
            known.merge(try store.withConnection { try BookRows($0).successors() }) { first, _ in first }
        }
        let numbers = NumberChain(successors).numbers(of: citizen.number)
        let items = try stores.flatMap { store in
            try store.withConnection { connection in
                try numbers.flatMap { try BookRows(connection).items(of: $0) }
            }
        }
        return items.isEmpty ? nil : try HealthBook(numbers: numbers, items: items)
    }
}
