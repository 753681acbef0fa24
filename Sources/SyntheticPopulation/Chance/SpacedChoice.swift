/// A share of the natural numbers, evenly spaced: membership, the count below a limit, and the n-th member are all
/// arithmetic. Used for traits of people, whose indices say nothing else about them.
struct SpacedChoice {
    let partsPerMillion: UInt64

    /// Takes a share in parts per million; more than a million counts as a million.
    init(partsPerMillion: UInt64) { self.partsPerMillion = min(partsPerMillion, 1_000_000) }

    /// Whether `number` is chosen.
    @inline(__always)
    func contains(_ number: UInt64) -> Bool { count(below: number + 1) != count(below: number) }

    /// How many numbers below `limit` are chosen. Exact for limits to 10¹³.
    @inline(__always)
    func count(below limit: UInt64) -> UInt64 { limit * partsPerMillion / 1_000_000 }

    /// The chosen number that has `rank` chosen ones before it; nil when the share is 0.
    func member(_ rank: UInt64) -> UInt64? {
        guard partsPerMillion > 0 else { return nil }
        return ((rank + 1) * 1_000_000 + partsPerMillion - 1) / partsPerMillion - 1
    }
}
