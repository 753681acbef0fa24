import ExchangeSchema
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

    private func run(over traffic: some RecordedTraffic) throws -> RerunReport {
        let store = try StoreInspection(directory: directory)
        // What the digests of sent messages hang on beside their content. A copy of the directory may come without it;
        // then they are compared by the recorded contents.
        let salts = SecretFile.existingSaltKey(directory: directory) ?? SaltKey(simulated: shard.name)
        let engine = PartyEngine(core: core, nextSequence: 0, salts: salts)
        let topics = topology.topicsRead(by: shard.party).map {
            RecordedTopic($0.name, carries: $0.carries)
        }
        var own = ShardGuard(PartyWiring(shard: shard, topology: topology))
        var rerun = PartyRerun(party: shard.name, engine: engine, topics: topics, budget: budget) { head in
            own?.otherPartition(of: head) == nil
        }
        try store.forEachJournalRow { first, _, bytes in
            try rerun.take(first: first, row: Array(bytes), from: traffic)
        }
        return try rerun.finish(
            traffic, stored: store.progress.books, source: core.party.eventSource, fields: MessageText.differences)
    }
}
