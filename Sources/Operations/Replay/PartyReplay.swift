public import ExchangeSchema
import HealthBook
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
    /// The keys with which signatures under agreements are checked and made.
    public var keys = SignatoryKeys()

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
        let store = try StoreInspection(directory: directory)
        var rerun = try rerun(of: store)
        rerun.wanted = wanted
        try take(store, traffic, &rerun)
        return rerun.remade
    }

    /// What a person told the party, where its leaf says it all: which agreement to sign, or to rest.
    private func contents(_ leaf: JournalLeaf) -> [UInt8]? {
        switch PartyCommand.Kind(rawValue: leaf.type) {
        case .pause, .resume, .stop: return []
        case .signAgreement:
            let signed = topology.agreements.first {
                MessageIdentifier(.agreementSignature, about: "\($0.name)|\(shard.party)") == leaf.message
            }
            return signed.map { agreement in
                var request = SignAgreement()
                request.agreement = agreement.name
                return request.encoded
            }
        case .submitVisits, .findVisits, .amendVisits, .withdrawVisits, .enrolPeople, .requestHistory, .findHistory,
            .checkCards, .readBook, .noteVerdicts, nil:
            return nil
        }
    }

    private func run(over traffic: some RecordedTraffic) throws -> RerunReport {
        let store = try StoreInspection(directory: directory)
        var rerun = try rerun(of: store)
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

    /// The books, where a facility has asked for one: what is in them is then told anew by the way.
    private func readModel(_ store: StoreInspection) throws -> (any ReadModel)? {
        guard core.party == .moh else { return nil }
        var isAsked = false
        try unsafe store.forEachJournalRow { _, _, bytes in
            guard !isAsked else { return }
            isAsked = unsafe StoredLeaves(bytes).contains {
                $0.leaf.map { leaf in
                    leaf.type == MessageType.historyRequest.rawValue && leaf.topic != PartyCommand.leafTopic
                } ?? false
            }
        }
        return isAsked ? HealthBooks() : nil
    }

    private func rerun(of store: StoreInspection) throws -> PartyRerun<Core> {
        // What the digests of sent messages hang on beside their content. A copy of the directory may come without it;
        // then they are compared by the recorded contents.
        let salts = SecretFile.existingSaltKey(directory: directory) ?? SaltKey(simulated: shard.name)
        let engine = PartyEngine(core: core, nextSequence: 0, salts: salts, keys: keys)
        let topics = topology.topicsRead(by: shard.party).map {
            RecordedTopic($0.name, carries: $0.carries)
        }
        var own = ShardGuard(PartyWiring(shard: shard, topology: topology))
        return PartyRerun(
            party: shard.name, engine: engine, topics: topics, budget: budget, contents: contents,
            readModel: try readModel(store)
        ) { head in own?.otherPartition(of: head) == nil }
    }
}
