/// What a party has written down beside its records: small, and saved with every batch.
public struct PartyBooks: Sendable, Equatable, Codable {
    /// The law that all parties keep.
    public var ledger = Ledger()
    /// What the party counts for itself.
    public var figures = OwnFigures()

    /// Empty books.
    public init() {}

    /// Books with these pages.
    public init(ledger: Ledger, figures: OwnFigures = OwnFigures()) {
        self.ledger = ledger
        self.figures = figures
    }
}

/// The ledger of a party does not add up: a fault of its rules. Nothing of the batch may be kept.
public struct BrokenLaw: Error, Equatable, CustomStringConvertible {
    /// The ledger as it stands.
    public var ledger: Ledger

    /// For people.
    public var description: String {
        "the ledger does not add up: submitted \(ledger.submitted) is not shared \(ledger.shared) + refused "
            + "\(ledger.refused) + pending \(ledger.pending) + withdrawn \(ledger.withdrawn), or held \(ledger.held) and "
            + "the refusals by reason do not fit; the batch was taken back, report this with the journal"
    }
}
