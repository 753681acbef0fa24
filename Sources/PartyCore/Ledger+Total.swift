extension Ledger {
    /// The figures of several stores of one party together. What each of them counts for itself is added; a signature
    /// counts when one of them has heard it.
    public static func total(_ ledgers: some Sequence<Ledger>) -> Ledger {
        ledgers.reduce(into: Ledger()) { $0.add($1) }
    }

    private mutating func add(_ other: Ledger) {
        let counts: [WritableKeyPath<Ledger, Int64>] = [
            \.submitted, \.shared, \.refused, \.pending, \.held, \.duplicatesIgnored, \.staleIgnored, \.deadLetters,
            \.resubmitted, \.corrected, \.wrongMatches, \.nextVisit,
        ]
        for count in counts { self[keyPath: count] += other[keyPath: count] }
        refusedByReason.merge(other.refusedByReason, uniquingKeysWith: +)
        sharedByProvince.merge(other.sharedByProvince, uniquingKeysWith: +)
        signatures.merge(other.signatures) { $0.union($1) }
        if other.startedAt > 0, startedAt == 0 || other.startedAt < startedAt { startedAt = other.startedAt }
    }
}
