import ExchangeSchema

extension SyntheticPopulation {
    /// Facilities that stand on a register beside those that submit, and send nothing: codes that no other facility has,
    /// spread over the provinces by inhabitants as the others are.
    /// - Parameter count: How many; fewer where the provinces have no codes left.
    public func silentFacilities(_ count: Int) -> [SyntheticFacility] {
        var used = Dictionary(grouping: directory.codes) { $0.formerProvince.number }.mapValues { UInt64($0.count) }
        var found: [SyntheticFacility] = []
        func add(_ province: FormerProvince) -> Bool {
            let ordinal = used[province.number] ?? 0
            guard ordinal < 999, let code = directory.code(province, ordinal: ordinal, seed: configuration.seed) else {
                return false
            }
            used[province.number] = ordinal + 1
            let place = directory.codes.count + found.count
            found.append(
                SyntheticFacility(
                    index: place, code: code, name: "Trạm y tế mô phỏng số \(place + 1), \(province.name)",
                    province: province.province, visitsPartsPerMillion: 0))
            return true
        }
        let starts = Weights(ProvinceWeights.inhabitants).runningParts(of: UInt64(max(count, 0)))
        for province in FormerProvince.all {
            for _ in 0..<(starts[province.index + 1] - starts[province.index]) { _ = add(province) }
        }
        // Where a province had no codes left, others take more.
        while found.count < count {
            let before = found.count
            for province in FormerProvince.all where found.count < count { _ = add(province) }
            if found.count == before { break }
        }
        return found
    }

    /// 0 for the facility with the most visits; of one that submits.
    public func rank(ofFacility index: Int) -> Int { directory.rank(of: index) }
}
