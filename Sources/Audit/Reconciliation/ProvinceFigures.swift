import ExchangeSchema

/// `submitted = shared + refused + pending + withdrawn` for the records of all facilities that lie in one province.
public struct ProvinceFigures: Sendable, Codable, Equatable {
    /// The province's code since July 2025; ``FacilityFigures/unknown`` for records that nobody can place.
    public var province: String
    /// Its name; nil when unknown.
    public var name: String?
    /// Facilities that have submitted.
    public var facilities: Int64 = 0
    /// Distinct records submitted.
    public var submitted: Int64 = 0
    /// In a citizen's book.
    public var shared: Int64 = 0
    /// Refused and not reopened.
    public var refused: Int64 = 0
    /// Without an outcome.
    public var pending: Int64 = 0
    /// Taken back by the facility.
    public var withdrawn: Int64 = 0
    /// When the oldest of the pending was first submitted; Unix milliseconds, nil when nothing is pending.
    public var pendingSince: Int64?

    /// Adds facilities up by the province that the first two digits of their code stand for today. Where records have
    /// been stuck longest comes first.
    static func all(_ facilities: [FacilityFigures]) -> [ProvinceFigures] {
        var found: [String: ProvinceFigures] = [:]
        for facility in facilities {
            let place = (try? FacilityCode(parsing: facility.facility))?.formerProvince.province
            let code = place?.code ?? FacilityFigures.unknown
            found[code, default: ProvinceFigures(province: code, name: place?.name)].add(facility)
        }
        return found.values.sorted {
            ($0.pendingSince ?? .max, -$0.pending, $0.province) < ($1.pendingSince ?? .max, -$1.pending, $1.province)
        }
    }

    private mutating func add(_ facility: FacilityFigures) {
        facilities += 1
        submitted += facility.submitted
        shared += facility.shared
        refused += facility.refused
        pending += facility.pending
        withdrawn += facility.withdrawn
        pendingSince = [pendingSince, facility.pendingSince].compactMap(\.self).min()
    }
}
