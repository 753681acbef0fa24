public import C06Party
public import FacilityParty
public import LocalityParty
public import MoHParty
public import PartyCore
public import Registers
public import SyntheticPopulation
public import Topology
public import VSSParty
import Vocabulary

/// The cores of an exchange with the registries that they ask, made of a topology and a scenario. Every host has them
/// from here, so that what is simulated, replayed and measured is what the programs run.
public struct PartyCores: Sendable {
    /// What they are made of.
    public let setup: PartySetup

    /// The cores of this exchange.
    public init(_ setup: PartySetup) { self.setup = setup }

    /// The facilities, which submit the visits of the scenario.
    /// - Parameter pace: In place of the one that the scenario's load asks for.
    /// - Throws: ``ProgramFailure`` without a scenario, `PopulationError` when its population cannot be.
    public func facility(pace: SubmissionPace? = nil) throws -> ScenarioFacilities {
        let scenario = try setup.requireScenario("facility")
        let visits = ComputedVisits(population: try setup.population("facility"), count: setup.records)
        return ScenarioFacilities(
            visits, pace: pace ?? SubmissionPace(scenario.load), releasing: setup.topology.releasedByFacilities)
    }

    /// The Ministry of Health, which knows the facilities of a file where there is one, with its duties on the topology's
    /// route and its part in agreements.
    /// - Throws: ``ProgramFailure`` when no record comes to it, or the register cannot be opened.
    public func moh(_ party: TopologyParty) throws -> MoHCore {
        MoHCore(
            duties: try setup.duties(of: party), agreements: agreements(party),
            facilities: try setup.facilityRegister(), handsOver: setup.topology.topic(carrying: .bookHandover) != nil,
            tellsCoverage: setup.topology.topic(carrying: .provinceCoverage) != nil, releases: setup.topology.releases)
    }

    /// Vietnam Social Security, which knows the cards of the scenario's people and of those of one's own, with its duties
    /// on the topology's route and its part in agreements.
    /// - Throws: As ``facility(pace:)`` and ``moh(_:)``, and when the register cannot be opened.
    public func vss(
        _ party: TopologyParty
    ) throws -> VSSCore<LayeredRegister<InsuranceRegister, SyntheticPopulation>> {
        VSSCore(
            registry: try setup.insuranceRegister("vss"), duties: try setup.duties(of: party),
            agreements: agreements(party),
            reviewAfter: Int64(setup.scenario?.scenario.reviewAfterSeconds ?? 0) * 1_000,
            releases: setup.topology.releases, remembersVisits: setup.remembersVisits)
    }

    /// C06, which knows the same people, behind the gate that the topology gives it, with its part in agreements.
    /// - Throws: As ``vss(_:)``.
    public func c06(
        _ party: TopologyParty
    ) throws -> C06Core<LayeredRegister<PopulationRegister, SyntheticPopulation>> {
        C06Core(
            registry: try setup.populationRegister("c06"), gate: AgreementGate(setup.topology),
            agreements: agreements(party), changes: try changes())
    }

    /// What C06 has to report of the scenario's people; nil where nobody would hear it.
    private func changes() throws -> (any CivilChanges)? {
        guard setup.topology.topic(carrying: .civilStatus) != nil, setup.people?.areAlone != true else { return nil }
        let planned = PlannedChanges(population: try setup.population("c06"), visits: setup.records)
        return planned.count > 0 ? planned : nil
    }

    private func agreements(_ party: TopologyParty) -> AgreementDesk {
        AgreementDesk(party: party.name, topology: setup.topology)
    }

    /// A locality, which takes in entries of the provinces that it serves.
    public func locality(_ party: TopologyParty) -> LocalityCore { LocalityCore(provinces: party.servedProvinces) }

    /// Hands the core of a party to its user.
    /// - Parameter pace: Of a facility, in place of the scenario's.
    /// - Throws: As ``facility(pace:)``, and what the user throws.
    public func of<User: CoreUser>(
        _ party: TopologyParty, pace: SubmissionPace? = nil, for user: inout User
    ) throws -> User.Outcome {
        switch party.role {
        case .facility: try user.use(try facility(pace: pace), of: party)
        case .moh: try user.use(try moh(party), of: party)
        case .vss: try user.use(try vss(party), of: party)
        case .c06: try user.use(try c06(party), of: party)
        case .locality: try user.use(locality(party), of: party)
        }
    }
}

/// Whoever does the same with the core of any party. A protocol and not a value of type `any Party`, so that hosts are
/// compiled for each core.
public protocol CoreUser {
    /// What comes of it.
    associatedtype Outcome

    /// Does it.
    mutating func use(_ core: some PartyCore.Party, of party: TopologyParty) throws -> Outcome
}
