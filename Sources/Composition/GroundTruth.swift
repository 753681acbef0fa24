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
    /// Visits whose claim VSS must reduce with its assessment.
    public private(set) var claimsReduced: Int64 = 0
    /// Visits whose claim VSS must reduce later.
    public private(set) var feedbackReduced: Int64 = 0
    /// Visits whose insurance VSS must refuse later.
    public private(set) var feedbackRefused: Int64 = 0
    /// Visits that their facility must have changed after sending them.
    public private(set) var amended: Int64 = 0
    /// Visits that must end withdrawn.
    public private(set) var withdrawn: Int64 = 0

    /// Goes over the visits 0 to `records - 1`; some microseconds each.
    /// - Parameter examiners: Who looks at a record, in the order of the exchange's route.
    public init(population: SyntheticPopulation, records: Int64, asking examiners: [PartyRole]) {
        changes = PlannedChanges(population: population, visits: records).reported
        // VSS is told rows where it stands before MoH.
        let seesLines = examiners.first == .vss
        for visit in 0..<UInt64(max(records, 0)) {
            let truth = population.truth(ofVisit: visit)
            guard let fault = truth.fault else { continue }
            if fault.isAmended { amended += 1 }
            if fault.isWithdrawn { withdrawn += 1 }
            switch truth.expectedFirstOutcome(asking: examiners) {
            case .shared:
                if fault.leadsToWrongMatch { wrongMatches += 1 }
                switch fault.expectedInsuranceOutcome(seesLines: seesLines) {
                case .asClaimed: break
                case .reducedAtOnce: claimsReduced += 1
                case .reducedLater: feedbackReduced += 1
                case .refusedLater: feedbackRefused += 1
                }
            case .refused(let code): if !truth.willBeCorrected { refused[code, default: 0] += 1 }
            }
        }
    }

    /// The value of an `expected.` figure of an assertion; nil for another figure.
    public func figure(_ name: String) -> Double? {
        switch name {
        case "expected.wrongMatches": return Double(wrongMatches)
        case "expected.claimsReduced": return Double(claimsReduced)
        case "expected.feedbackReduced": return Double(feedbackReduced)
        case "expected.feedbackRefused": return Double(feedbackRefused)
        case "expected.changes": return Double(changes)
        case "expected.amended": return Double(amended)
        case "expected.withdrawn": return Double(withdrawn)
        default: break
        }
        let prefix = "expected.refused."
        return name.hasPrefix(prefix) ? Double(refused[String(name.dropFirst(prefix.count))] ?? 0) : nil
    }
}
