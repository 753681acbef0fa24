import Composition
import ExchangeSchema
import FacilityParty
import PartyCore
import PartyRuntime
import PartyStore
import Replay
import Topology
import Vocabulary

/// The recorded inputs of one party, or of one of its shards, of a stopped exchange, and today's core for it, made as the
/// party's program makes it: from the topology and the scenario that lie in the data directory.
struct RerunChoice {
    let shard: Shard
    let role: PartyRole
    let setup: PartySetup
    let directory: String

    /// Runs them.
    func run(_ traffic: any RecordedTraffic) throws -> RerunReport {
        guard let party = setup.topology.party(named: shard.party) else {
            throw ProgramFailure("\(setup.topologyPath) has no party \(shard.party)")
        }
        var rerun = Rerun(choice: self, traffic: traffic)
        // When a visit was submitted is the pace's doing, and the journal says it.
        return try PartyCores(setup).of(party, pace: SubmissionPace(), for: &rerun)
    }
}

/// Runs recorded inputs through a core.
private struct Rerun: CoreUser {
    let choice: RerunChoice
    let traffic: any RecordedTraffic

    func use<Core: PartyCore.Party>(_ core: Core, of party: TopologyParty) throws -> RerunReport {
        // What a host allows a party to do by itself in one batch; a facility's pace stands in the journal.
        let budget: PartyRerun<Core>.Budget =
            party.role == .facility ? .recorded : .messages(HostConfiguration.batchRecordsByDefault)
        return try PartyReplay(
            core: core, budget: budget, shard: choice.shard, topology: choice.setup.topology,
            directory: choice.directory
        ).run(traffic)
    }
}
