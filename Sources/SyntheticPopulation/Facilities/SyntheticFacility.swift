public import ExchangeSchema

/// One synthetic facility.
public struct SyntheticFacility: Sendable, Equatable {
    /// Place in the list of facilities.
    public var index: Int
    /// MA_CSKCB, unique in the population.
    public var code: FacilityCode
    /// Vietnamese name; simulator-defined, says that it is a simulation.
    public var name: String
    /// The province since July 2025.
    public var province: Province
    /// Expected share of all visits, in parts per million.
    public var visitsPartsPerMillion: UInt64
}

extension SyntheticPopulation {
    /// The facility of this index; indices beyond the configured number begin again.
    public func facility(_ index: Int) -> SyntheticFacility {
        let place = Int(UInt(bitPattern: index) % UInt(directory.codes.count))
        let code = directory.codes[place]
        let kind = directory.rank(of: place) * 20 < directory.codes.count ? "Bệnh viện đa khoa" : "Trạm y tế"
        return SyntheticFacility(
            index: place, code: code, name: "\(kind) mô phỏng số \(place + 1), \(code.formerProvince.name)",
            province: code.formerProvince.province, visitsPartsPerMillion: directory.share(of: place))
    }

    /// The facility with this code; nil when there is none.
    public func facilityIndex(ofCode code: FacilityCode) -> Int? { directory.index(of: code) }
}
