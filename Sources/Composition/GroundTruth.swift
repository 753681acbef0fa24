public import SyntheticPopulation
public import Vocabulary

/// What must become of a scenario's visits once all corrections are in, from the population and not from the exchange.
public struct GroundTruth: Sendable, Equatable {
    /// Visits that must end refused, by code.
    public private(set) var refused: [String: Int64] = [:]
    /// Visits that must end in the book of another person.
    public private(set) var wrongMatches: Int64 = 0
    /// What C06 must report of people.
    public private(set) var changes: Int64 = 0

    /// Goes over the visits 0 to `records - 1`; some microseconds each.
    /// - Parameter examiners: Who looks at a record, in the order of the exchange's route.
    public init(population: SyntheticPopulation, records: Int64, asking examiners: [PartyRole]) {
        changes = PlannedChanges(population: population, visits: records).reported
        for visit in 0..<UInt64(max(records, 0)) {
            let truth = population.truth(ofVisit: visit)
            guard let fault = truth.fault else { continue }
            switch truth.expectedFirstOutcome(asking: examiners) {
            case .shared: if fault.leadsToWrongMatch { wrongMatches += 1 }
            case .refused(let code): if !truth.willBeCorrected { refused[code, default: 0] += 1 }
            }
        }
    }

    /// The value of an `expected.` figure of an assertion; nil for another figure.
    public func figure(_ name: String) -> Double? {
        if name == "expected.wrongMatches" { return Double(wrongMatches) }
        if name == "expected.changes" { return Double(changes) }
        let prefix = "expected.refused."
        return name.hasPrefix(prefix) ? Double(refused[String(name.dropFirst(prefix.count))] ?? 0) : nil
    }
}
