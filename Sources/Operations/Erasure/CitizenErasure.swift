public import ExchangeSchema

/// What an erasure has taken out, and where.
public struct CitizenErasure: Sendable {
    /// Records whose keys at the auditor were overwritten.
    public var sealed: [RecordIdentifier]
    /// Records that stood in the book at MoH, none of a book without visits; nil where there was no book.
    public var book: [RecordIdentifier]?
    /// How many records stood in the warehouse of each locality that had any.
    public var warehouses: [(locality: String, records: Int)]

    var isEmpty: Bool { sealed.isEmpty && book == nil && warehouses.isEmpty }

    /// What an erasure does not reach, for people.
    public static let notReached = """
        not reached: visits that MoH still has pending, what the topics at the broker still hold, what facilities keep, \
        whose a record is in the localities' own databases, and copies made before
        """
}
