extension Ledger {
    /// The ledgers of several stores of one party together.
    public static func total(_ ledgers: some Sequence<Ledger>) -> Ledger {
        ledgers.reduce(into: Ledger()) { $0.add($1) }
    }

    private mutating func add(_ other: Ledger) {
        let counts: [WritableKeyPath<Ledger, Int64>] = [
            \.submitted, \.shared, \.refused, \.pending, \.withdrawn, \.held, \.duplicatesIgnored, \.staleIgnored,
            \.deadLetters, \.strays,
        ]
        for count in counts { self[keyPath: count] += other[keyPath: count] }
        refusedByReason.merge(other.refusedByReason, uniquingKeysWith: +)
    }
}
