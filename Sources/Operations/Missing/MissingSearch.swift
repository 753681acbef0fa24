import Composition
import ExchangeSchema
import KafkaClient
import PartyCore
import PartyStore
import Replay
import Supervision
import Topology
import Vocabulary

/// Looks for messages that a party sent, that the broker had confirmed, that their topic does not hold, and that a reader
/// has not had. The exchange may run: what a party sends after its journal was read is not asked for.
struct MissingSearch {
    private let topology: Topology
    private let layout: ExchangeLayout
    /// The journals of the senders, read before the topics are: what they say was confirmed was there by then.
    private let senders: [Shard: StoreInspection]

    /// What was found.
    struct Outcome {
        var missing: [MissingMessage] = []
        /// Of which topics it cannot be told, and why.
        var undecided: [String] = []
    }

    /// Opens the senders' journals.
    /// - Throws: `StoreError` when one is damaged, or of another version.
    init(topology: Topology, layout: ExchangeLayout) throws {
        self.topology = topology
        self.layout = layout
        var senders: [Shard: StoreInspection] = [:]
        for shard in topology.shards {
            senders[shard] = try StoreInspection.open(directory: layout.directory(of: shard)).store
        }
        self.senders = senders
    }

    /// Name of the exchange that the journals belong to; nil when there is none.
    var exchange: String? { senders.values.first?.exchange }

    /// Looks through all topics, one after the other.
    /// - Throws: ``ProgramFailure`` when the broker has a topic not; `ReplayError`; `KafkaError`; `StoreError`.
    func run(settings: KafkaSettings, partitions: [String: Int]) throws -> Outcome {
        var outcome = Outcome()
        for topic in topology.topics {
            var absent: [MissingMessage] = []
            for name in topic.writers {
                for shard in shards(of: name) {
                    if let store = senders[shard] { absent += try MissingMessage.sent(by: shard, store, to: topic) }
                }
            }
            guard !absent.isEmpty else { continue }
            guard let count = partitions[topic.name] else {
                throw ProgramFailure(
                    "the broker at \(settings.bootstrapServers) has no topic \(topic.name); check the address")
            }
            let seen = try SeenMessages(settings: settings, topic: topic.name, partitions: count)
            absent.removeAll { seen.contains($0.leaf.message) }
            guard !absent.isEmpty else { continue }
            let lacking = try lacking(absent, topic, isWhole: seen.isWhole, &outcome)
            outcome.missing += absent.filter { lacking.contains($0.leaf.message) }
        }
        return outcome
    }

    private func shards(of party: String) -> [Shard] { topology.party(named: party).map(topology.shards(of:)) ?? [] }

    /// Those of the messages that a reader has not had. The readers' journals are opened now, after the topic was read:
    /// whatever a reader took from it before is in them.
    private func lacking(
        _ absent: [MissingMessage], _ topic: Topic, isWhole: Bool, _ outcome: inout Outcome
    ) throws -> Set<MessageIdentifier> {
        let wanted = Set(absent.map(\.leaf.message))
        let words = Set(wanted.map(\.uuid.low))
        var lacking: Set<MessageIdentifier> = []
        for reader in topic.readers where lacking.count < wanted.count {
            let stores = try shards(of: reader).map {
                try StoreInspection.open(directory: layout.directory(of: $0)).store
            }
            guard stores.allSatisfy({ $0 != nil }) else {
                // No journal says what it has had. Of a topic that is whole, nothing that is not in it.
                if isWhole { return wanted }
                outcome.undecided.append(
                    "cannot tell whether \(reader), which keeps no journal here, has had \(wanted.count) messages that "
                        + "\(topic.name) does not hold: its beginning was deleted")
                continue
            }
            var had: Set<MessageIdentifier> = []
            for store in stores.compactMap(\.self) {
                try store.forEachJournalRow { _, _, bytes in
                    for stored in StoredLeaves(bytes)
                    where words.contains(stored.messageLow) && stored.decision != Decision.sent.rawValue
                        && stored.decision != Decision.notAddressed.rawValue
                    {
                        if let leaf = stored.leaf { had.insert(leaf.message) }
                    }
                }
            }
            lacking.formUnion(wanted.subtracting(had))
        }
        return lacking
    }
}
