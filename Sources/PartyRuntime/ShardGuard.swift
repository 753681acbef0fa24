import ExchangeSchema
import KafkaClient
public import PartyCore
import Vocabulary

/// Keeps a shard to its own records. What is about one record comes to one shard because all senders key it by the
/// record; a message with another key would be taken in by a shard that does not know the record, and is a dead letter
/// instead.
public struct ShardGuard {
    private let partition: Int32
    private let count: Int32
    private var text: [UInt8] = []

    /// Nil for a party of one instance, which takes everything.
    public init?(_ wiring: PartyWiring) {
        guard let shared = wiring.reads.first(where: { $0.assigned.count < $0.partitions }) else { return nil }
        partition = Int32(shared.assigned.lowerBound)
        count = Int32(shared.partitions)
    }

    /// What is wrong with a message that belongs to another shard; nil for one of its own.
    public mutating func problem(with head: MessageHead) -> String? {
        if head.type == .agreementSignature { return nil }
        text.removeAll(keepingCapacity: true)
        head.record.appendText(to: &text)
        let own = murmur2Partition(key: text, count: count)
        guard own != partition else { return nil }
        return "record \(head.record) belongs to partition \(own): the message's key is not its record identifier"
    }
}
