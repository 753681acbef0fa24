import Vocabulary

/// The rates of the faults as limits on one draw, so that a visit has at most one.
struct FaultTable {
    private let limits: [(limit: UInt64, kind: FaultKind)]

    /// Takes the rates in the order of the kinds, not of the dictionary.
    init(_ partsPerMillion: [FaultKind: UInt64]) {
        var sum: UInt64 = 0
        var limits: [(UInt64, FaultKind)] = []
        for kind in FaultKind.allCases {
            guard let rate = partsPerMillion[kind], rate > 0 else { continue }
            sum += rate
            limits.append((sum, kind))
        }
        self.limits = limits
    }

    /// The fault at this point of 0..<1,000,000.
    func fault(at point: UInt64) -> FaultKind? {
        guard let last = limits.last, point < last.limit else { return nil }
        return limits.first { point < $0.limit }?.kind
    }
}
