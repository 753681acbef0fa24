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
    /// Folder in which all parties have published their keys.
    let evidence: String

    /// Runs them.
    func run(_ traffic: any RecordedTraffic) throws -> RerunReport {
        try use(ComparedRerun(choice: self, traffic: traffic))
    }

    /// Runs them for the contents of some messages only.
    func remake(_ wanted: Set<MessageIdentifier>, _ traffic: any RecordedTraffic) throws -> [RemadeMessage] {
        try use(RemakingRerun(choice: self, wanted: wanted, traffic: traffic))
    }

    private func use<User: CoreUser>(_ user: User) throws -> User.Outcome {
        guard let party = setup.topology.party(named: shard.party) else {
            throw ProgramFailure("\(setup.topologyPath) has no party \(shard.party)")
        }
        var user = user
        // When a visit was submitted is the pace's doing, and the journal says it.
        return try PartyCores(setup).of(party, pace: SubmissionPace(), for: &user)
    }

    fileprivate func replay<Core: PartyCore.Party>(_ core: Core, of party: TopologyParty) -> PartyReplay<Core> {
        // What a host allows a party to do by itself in one batch; a facility's pace stands in the journal.
        let budget: PartyRerun<Core>.Budget =
            party.role == .facility ? .recorded : .messages(HostConfiguration.batchRecordsByDefault)
        var replay = PartyReplay(
            core: core, budget: budget, shard: shard, topology: setup.topology, directory: directory)
        replay.keys = SignatoryKeys(
            evidence: evidence, secret: JournalKey.secretPath(directory), topology: setup.topology)
        return replay
    }
}

/// Runs recorded inputs through a core, and compares.
private struct ComparedRerun: CoreUser {
    let choice: RerunChoice
    let traffic: any RecordedTraffic

    func use<Core: PartyCore.Party>(_ core: Core, of party: TopologyParty) throws -> RerunReport {
        try choice.replay(core, of: party).run(traffic)
    }
}

/// Runs recorded inputs through a core, and keeps some of what it sends.
private struct RemakingRerun: CoreUser {
    let choice: RerunChoice
    let wanted: Set<MessageIdentifier>
    let traffic: any RecordedTraffic

    func use<Core: PartyCore.Party>(_ core: Core, of party: TopologyParty) throws -> [RemadeMessage] {
        try choice.replay(core, of: party).remake(wanted, traffic)
    }
}
