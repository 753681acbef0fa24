import C06Party
import Composition
import ExchangeSchema
import FacilityParty
import LocalityParty
import MoHParty
import PartyCore
import PartyRuntime
import PartyStore
import Replay
import Topology
import VSSParty
import Vocabulary

/// The recorded inputs of one party, or of one of its shards, of a stopped exchange, and today's core for it, made as the party's program makes
/// it: from the topology and the scenario that lie in the data directory.
struct RerunChoice {
    let shard: Shard
    let role: PartyRole
    let setup: PartySetup
    let directory: String

    /// Runs them.
    func run(_ traffic: any RecordedTraffic) throws -> RerunReport {
        switch role {
        case .facility:
            let visits = ComputedVisits(population: try setup.population(shard.party), count: setup.records)
            // When a visit was submitted is the pace's doing, and the journal says it.
            return try rerun(ScenarioFacilities(visits, pace: SubmissionPace()), budget: .recorded, traffic)
        case .moh: return try rerun(MoHCore(), traffic)
        case .vss: return try rerun(VSSCore(registry: try setup.population(shard.party)), traffic)
        case .c06:
            let gate = AgreementGate(setup.topology)
            return try rerun(C06Core(registry: try setup.population(shard.party), gate: gate), traffic)
        case .locality:
            let provinces = setup.topology.party(named: shard.party)?.servedProvinces
            return try rerun(LocalityCore(provinces: provinces), traffic)
        }
    }

    /// What a host allows a party to do by itself in one batch.
    private static let hostBudget = HostConfiguration.batchRecordsByDefault

    private func rerun<Core: PartyCore.Party>(
        _ core: Core, budget: PartyRerun<Core>.Budget = .messages(hostBudget), _ traffic: any RecordedTraffic
    ) throws -> RerunReport {
        try PartyReplay(core: core, budget: budget, shard: shard, topology: setup.topology, directory: directory)
            .run(traffic)
    }
}
