/// A choice among things with integer weights, by a table of running sums.
struct Weights {
    private let sums: [UInt64]

    /// Takes the weights in the order of the things. Without any weight the first thing is chosen.
    init(_ weights: some Sequence<UInt64>) {
        var sums: [UInt64] = [0]
        for weight in weights { sums.append(sums[sums.count - 1] + weight) }
        self.sums = sums
    }

    /// Sum of all weights.
    var total: UInt64 { sums[sums.count - 1] }

    /// Number of things.
    var count: Int { sums.count - 1 }

    /// Chooses one.
    @inline(__always)
    func choose(_ draws: inout Draws) -> Int { index(at: draws.below(total)) }

    /// The thing whose share holds this point of 0..<total.
    @inline(__always)
    func index(at point: UInt64) -> Int {
        var low = 0
        var length = count
        // The condition is arithmetic, not a branch: its outcome cannot be predicted.
        while length > 1 {
            let half = length / 2
            low += sums[low + half] <= point ? half : 0
            length -= half
        }
        return low
    }

    /// Things before this one, in weight.
    func sum(before index: Int) -> UInt64 { sums[index] }

    /// Splits `amount` by weight: element i is the sum of the parts before thing i, exact to the unit at the end.
    func runningParts(of amount: UInt64) -> [UInt64] {
        guard total > 0 else { return sums }
        return sums.map { total.dividingFullWidth($0.multipliedFullWidth(by: amount)).quotient }
    }
}
