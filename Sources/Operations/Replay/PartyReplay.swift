public import ExchangeSchema
public import PartyCore
import PartyRuntime
import PartyStore
public import Replay
public import Topology
import Vocabulary

/// Goes over the journal in the directory of a party or shard and runs its inputs through a core.
public struct PartyReplay<Core: PartyCore.Party> {
    private let core: Core
    private let budget: PartyRerun<Core>.Budget
    private let shard: Shard
    private let topology: Topology
    private let directory: String

    /// - Parameters:
    ///   - core: The rules to run.
    ///   - shard: The party, or which of its shards.
    ///   - directory: Its data directory, which no process uses.
    public init(
        core: Core, budget: PartyRerun<Core>.Budget, shard: Shard, topology: Topology, directory: String
    ) {
        self.core = core
        self.budget = budget
        self.shard = shard
        self.topology = topology
        self.directory = directory
    }

    /// Runs.
    /// - Throws: `StoreError` for a directory that is in use or damaged; `ReplayError`; what the traffic throws.
    public func run(_ traffic: any RecordedTraffic) throws -> RerunReport {
        try run(over: traffic)
    }

    /// Makes messages again that the party sent once.
    /// - Throws: `StoreError`; `ReplayError`; what the traffic throws.
    public func remake(_ wanted: Set<MessageIdentifier>, _ traffic: any RecordedTraffic) throws -> [RemadeMessage] {
        try remake(wanted, over: traffic)
    }

    private func remake(
        _ wanted: Set<MessageIdentifier>, over traffic: some RecordedTraffic
    ) throws -> [RemadeMessage] {
        var rerun = rerun()
        rerun.wanted = wanted
        try take(try StoreInspection(directory: directory), traffic, &rerun)
        return rerun.remade
    }

    private func run(over traffic: some RecordedTraffic) throws -> RerunReport {
        let store = try StoreInspection(directory: directory)
        var rerun = rerun()
        try take(store, traffic, &rerun)
        return try rerun.finish(
            traffic, stored: store.progress.books, source: core.party.eventSource, fields: MessageText.differences)
    }

    private func take(
        _ store: StoreInspection, _ traffic: some RecordedTraffic, _ rerun: inout PartyRerun<Core>
    ) throws {
        try store.forEachJournalRow { first, _, bytes in
            try rerun.take(first: first, row: Array(bytes), from: traffic)
        }
    }

    private func rerun() -> PartyRerun<Core> {
        // What the digests of sent messages hang on beside their content. A copy of the directory may come without it;
        // then they are compared by the recorded contents.
        let salts = SecretFile.existingSaltKey(directory: directory) ?? SaltKey(simulated: shard.name)
        let engine = PartyEngine(core: core, nextSequence: 0, salts: salts)
        let topics = topology.topicsRead(by: shard.party).map {
            RecordedTopic($0.name, carries: $0.carries)
        }
        var own = ShardGuard(PartyWiring(shard: shard, topology: topology))
        return PartyRerun(party: shard.name, engine: engine, topics: topics, budget: budget) { head in
            own?.otherPartition(of: head) == nil
        }
    }
}
