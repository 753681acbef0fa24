import ExchangeSchema

/// All facilities: their codes, and how often each is visited.
struct FacilityDirectory {
    /// Codes in the order of provinces.
    let codes: [FacilityCode]
    private let visits: Weights
    private let ranks: Permutation
    private let indices: [UInt32: Int]

    /// Spreads the facilities over the provinces by inhabitants; at most 10,000 fit into the codes.
    init(count: Int, seed: UInt64) {
        let starts = Weights(ProvinceWeights.inhabitants).runningParts(of: UInt64(count))
        var codes: [FacilityCode] = []
        for province in FormerProvince.all {
            let serials = Permutation(
                count: 999, key: Draws.key(seed: seed, .facilitySerials) ^ UInt64(province.number))
            for ordinal in 0..<(starts[province.index + 1] - starts[province.index]) {
                let number = UInt64(province.number) * 1_000 + 1 + serials.image(of: ordinal)
                if let code = FacilityCode(number: UInt32(number)) { codes.append(code) }
            }
        }
        let ranks = Permutation(count: UInt64(codes.count), key: Draws.key(seed: seed, .facilityRanks))
        self.codes = codes
        self.ranks = ranks
        // The share falls with the rank: with 12,700 facilities the first has some 180 times the mean, as a central
        // hospital has (domain file, section 7, from memory).
        visits = Weights((0..<codes.count).map { 1_000_000_000 / (ranks.image(of: UInt64($0)) + 10) })
        indices = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1.number, $0) })
    }

    /// The code that a province gives at this place of its order, below 999.
    func code(_ province: FormerProvince, ordinal: UInt64, seed: UInt64) -> FacilityCode? {
        let serials = Permutation(count: 999, key: Draws.key(seed: seed, .facilitySerials) ^ UInt64(province.number))
        return FacilityCode(number: UInt32(UInt64(province.number) * 1_000 + 1 + serials.image(of: ordinal)))
    }

    /// Chooses the facility of a visit.
    @inline(__always)
    func choose(_ draws: inout Draws) -> Int { visits.choose(&draws) }

    /// 0 for the facility with the most visits.
    func rank(of index: Int) -> Int { Int(ranks.image(of: UInt64(index))) }

    /// Share of all visits in parts per million.
    func share(of index: Int) -> UInt64 {
        (visits.sum(before: index + 1) - visits.sum(before: index)) * 1_000_000 / visits.total
    }

    func index(of code: FacilityCode) -> Int? { indices[code.number] }
}
