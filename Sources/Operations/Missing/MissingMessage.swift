import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

extension JournalLeaf {
    /// Whether a message that was sent went to a topic of its kind: of one for each province, to the right one.
    fileprivate func goes(to topic: Topic) -> Bool {
        topic.province.map { $0 == sentProvince.map(ProvinceCode.text) } ?? true
    }
}

/// A message that a journal says was sent and confirmed, that its topic does not hold, and that a reader has not had.
struct MissingMessage: Equatable {
    /// The shard that sent it.
    var shard: Shard
    /// The topic it belongs to.
    var topic: Topic
    /// Number of its leaf.
    var number: Int64
    /// Its leaf.
    var leaf: JournalLeaf

    /// Kind, message, sender and leaf, for people.
    var line: String { "\(topic.carries.name) \(leaf.message) of \(shard.name) (leaf \(number))" }

    /// Sender and leaf, for the header that says what is sent again.
    var cause: String { "\(shard.name)/\(number)" }

    /// What a shard sent to a topic, without what waits in its outbox.
    static func sent(by shard: Shard, _ store: StoreInspection, to topic: Topic) throws -> [MissingMessage] {
        let waiting = try store.progress.unsentChunks.compactMap { number in
            try store.outboxChunk(number).map { $0.firstSequence..<$0.firstSequence + Int64($0.messages.count) }
        }
        var sent: [MissingMessage] = []
        // A message that was sent twice has two leaves.
        var known: Set<MessageIdentifier> = []
        try store.forEachJournalRow { first, _, bytes in
            for (place, stored) in StoredLeaves(bytes).enumerated()
            where stored.decision == Decision.sent.rawValue && stored.type == topic.carries.rawValue {
                let number = first &+ Int64(place)
                guard let leaf = stored.leaf, leaf.goes(to: topic), !waiting.contains(where: { $0.contains(number) }),
                    known.insert(leaf.message).inserted
                else { continue }
                sent.append(MissingMessage(shard: shard, topic: topic, number: number, leaf: leaf))
            }
        }
        return sent
    }
}
