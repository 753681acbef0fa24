/// Whose data a directory holds. A store refuses to open what is another's.
public struct StoreIdentity: Sendable, Equatable {
    /// The party, for example `moh`.
    public var party: String
    /// The exchange: the cluster identifier of its broker.
    public var exchange: String

    /// Takes both.
    public init(party: String, exchange: String) {
        self.party = party
        self.exchange = exchange
    }
}

/// What a committed batch survives.
public enum StoreDurability: String, Sendable, CaseIterable {
    /// The end of the process at any moment.
    case process
    /// The loss of power: SQLite flushes every commit (`synchronous=FULL`).
    case power
}
