import ExchangeSchema
public import FacilityParty
public import PartyCore
public import SyntheticPopulation
public import Topology
public import Vocabulary

/// The visits of a scenario, each computed when it is asked for.
public struct ComputedVisits: VisitSource {
    /// Who lives in the scenario.
    public let population: SyntheticPopulation
    /// How many visits there are.
    public let count: Int64

    /// Whether any of them is changed by its facility: if not, no visit is asked.
    private let hasChanges: Bool

    /// The visits 0 to `count - 1` of a population.
    public init(population: SyntheticPopulation, count: Int64) {
        self.population = population
        self.count = count
        hasChanges = population.configuration.faultPartsPerMillion.contains { kind, rate in
            rate > 0 && (kind.isAmended || kind.isWithdrawn)
        }
    }

    /// The visit as the facility writes it in this revision.
    public func visit(_ index: Int64, revision: UInt32) -> VisitContent {
        let number = UInt64(bitPattern: index)
        var blocks = EncodedVisit()
        let truth = population.encodeBlocks(ofVisit: number, revision: revision, into: &blocks)
        return VisitContent(
            record: population.recordIdentifier(ofVisit: number),
            facilityCode: population.facilityCode(of: truth).description, administrative: blocks.administrative,
            insurance: blocks.insurance, clinical: blocks.clinical, details: blocks.details,
            tables: population.configuration.writesTables ? population.tables(ofVisit: number) : [])
    }

    /// Once, and only where the population says so.
    public func isCorrected(_ index: Int64, afterRevision revision: UInt32) -> Bool {
        revision == 1 && population.truth(ofVisit: UInt64(bitPattern: index)).willBeCorrected
    }

    /// The visit with this MA_LK, which is the facility's code and the visit's number.
    public func index(facilityCode: String, episodeCode: String) -> Int64? {
        guard episodeCode.hasPrefix(facilityCode) else { return nil }
        let digits = episodeCode.dropFirst(facilityCode.count)
        guard let number = Int64(digits), number >= 0, number < count else { return nil }
        let visit = population.visit(UInt64(number))
        guard visit.administrative.maLk == episodeCode,
            population.facilityCode(ofVisit: UInt64(number)).description == facilityCode
        else { return nil }
        return number
    }

    /// Once, and only where the population says so.
    public func change(_ index: Int64, _ moment: VisitMoment, revision: UInt32) -> VisitChange? {
        guard hasChanges, revision == 1 else { return nil }
        return switch (population.fault(ofVisit: UInt64(bitPattern: index)), moment) {
        case (.amendedAtOnce, .onceSubmitted), (.amended, .onceShared), (.amendedWrongly, .onceShared): .amended
        case (.withdrawnAtOnce, .onceSubmitted), (.withdrawn, .onceShared): .withdrawn(reason: "Gửi nhầm")
        default: nil
        }
    }

    /// Whether the visit bears the number of a namesake.
    public func isWrongMatch(_ index: Int64, revision: UInt32) -> Bool {
        population.fault(ofVisit: UInt64(bitPattern: index))?.leadsToWrongMatch ?? false
    }
}

/// The facilities of a scenario, with the senders that are at fault.
public typealias ScenarioFacilities = FaultySender<FacilityCore<ComputedVisits>>

extension ScenarioFacilities {
    /// The facilities that submit these visits.
    /// - Parameter released: What of a visit whoever reads their records may have.
    public init(_ visits: ComputedVisits, pace: SubmissionPace, releasing released: RecordPartSet = .blocks) {
        self.init(FacilityCore(source: visits, pace: pace, releasing: released), of: visits.population)
    }
}

extension PopulationConfiguration {
    /// The people, facilities and faults of a scenario.
    public init(_ scenario: Scenario) {
        self.init(
            seed: scenario.seed, persons: UInt64(max(scenario.population.persons, 0)),
            facilities: scenario.population.facilities, faultRates: scenario.faults)
        uninsuredPartsPerMillion = Self.partsPerMillion(scenario.population.uninsuredShare)
        writesTables = scenario.population.writesTables
        correctionPartsPerMillion = Self.partsPerMillion(scenario.correctionRate)
        latePartsPerMillion = Self.partsPerMillion(scenario.visits.lateShare)
        vaccinationPartsPerMillion = Self.partsPerMillion(scenario.visits.vaccinationShare)
        healthCheckPartsPerMillion = Self.partsPerMillion(scenario.visits.healthCheckShare)
        if case .at(let moment) = scenario.visits.start { visitsStart = moment }
        spreadChanges(overVisits: Int64(scenario.records))
    }
}
