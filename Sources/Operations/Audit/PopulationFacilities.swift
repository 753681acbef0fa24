public import Audit
public import ExchangeSchema
public import SyntheticPopulation

/// Facilities of records whose visits are computed: the population knows them, whoever has the payloads.
public struct PopulationFacilities: RecordFacilities {
    private let population: SyntheticPopulation
    private let count: Int64

    /// The visits 0 to `count - 1` of a population.
    public init(population: SyntheticPopulation, count: Int64) {
        self.population = population
        self.count = count
    }

    /// It does.
    public var knowsWrongMatches: Bool { true }

    /// Computes each visit's plan; about a microsecond each.
    public func forEach(_ body: (RecordIdentifier, RecordFacility) throws -> Void) throws {
        for visit in 0..<UInt64(max(count, 0)) {
            try body(
                population.recordIdentifier(ofVisit: visit),
                RecordFacility(
                    code: population.facilityCode(ofVisit: visit).description,
                    isWrongMatch: population.fault(ofVisit: visit)?.leadsToWrongMatch ?? false))
        }
    }

    /// The synthetic name.
    public func name(ofFacility code: String) -> String? {
        guard let parsed = try? FacilityCode(parsing: code), let index = population.facilityIndex(ofCode: parsed) else {
            return nil
        }
        return population.facility(index).name
    }
}
