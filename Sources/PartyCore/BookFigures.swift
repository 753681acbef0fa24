/// How entries of a book change, as one party sees it. With them the ledgers of several parties can be compared while
/// amendments are on their way.
public struct BookFigures: Sendable, Equatable, Codable {
    /// Entries of a record that an amendment has taken out of the present, or a withdrawal: each entry is either a shared
    /// record's or one of these.
    public var superseded: Int64 = 0
    /// Records in the book of which a later revision is pending.
    public var amending: Int64 = 0
    /// Records in the book of which a later revision was refused, so that the earlier one stands.
    public var refusedAmendments: Int64 = 0
    /// Of a locality: records that it counts as shared, and of which a later revision has gone to another province.
    public var departed: Int64 = 0
    /// Of a locality: whether an amendment has ever brought a record to another one.
    public var everDeparted = false

    /// Nothing changed.
    public init() {}

    /// A later revision of a record in the book is on its way: it counts as pending.
    /// - Parameter afterRefusal: Whether an amendment of it was refused before, and the entry stood all the same.
    public mutating func beginAmending(afterRefusal: Bool) {
        superseded += 1
        amending += 1
        if afterRefusal { refusedAmendments -= 1 }
    }

    /// The later revision is decided. Unless it was refused, the earlier entry stays superseded.
    public mutating func endAmending() { amending -= 1 }

    /// The later revision was refused: the earlier entry is the record's again.
    public mutating func fallBack() {
        superseded -= 1
        amending -= 1
        refusedAmendments += 1
    }

    mutating func add(_ other: BookFigures) {
        superseded += other.superseded
        amending += other.amending
        refusedAmendments += other.refusedAmendments
        departed += other.departed
        everDeparted = everDeparted || other.everDeparted
    }
}

/// Messages about a record that nobody answers. Once nothing is on its way, all parties together have taken in as many as
/// they have sent; those to localities are not counted, of which several may read one.
public struct NoticeFigures: Sendable, Equatable, Codable {
    /// Sent.
    public var sent: Int64 = 0
    /// Taken in, with an effect.
    public var takenIn: Int64 = 0

    /// None.
    public init() {}
}
