public import ExchangeSchema
import KafkaClient
import Vocabulary

/// Keeps a shard to its own records. What is about one record comes to one shard because all senders key it by the
/// record, and place it by `murmur2` of the key as Kafka's Java client does. A sender that does not, as librdkafka by its
/// default, puts it into a shard that does not know the record: that shard hands it on.
public struct ShardGuard {
    /// Header of a message that was handed on: topic, partition and offset where it lay.
    public static let header = "handed_on_from"

    private let partition: Int32
    private let count: Int32
    private var text: [UInt8] = []

    /// Nil for a party of one instance, which takes everything.
    public init?(_ wiring: PartyWiring) {
        guard let shared = wiring.reads.first(where: { $0.assigned.count < $0.partitions }) else { return nil }
        partition = Int32(shared.assigned.lowerBound)
        count = Int32(shared.partitions)
    }

    /// The partition to which a message belongs, where that is another one; nil for one of its own.
    public mutating func otherPartition(of head: MessageHead) -> Int32? {
        if !head.type.isAboutRecord { return nil }
        let own = murmur2Partition(key: key(of: head), count: count)
        return own == partition ? nil : own
    }

    /// The key by which a message is to be placed: the text of the record identifier.
    public mutating func key(of head: MessageHead) -> [UInt8] {
        text.removeAll(keepingCapacity: true)
        head.record.appendText(to: &text)
        return text
    }

    /// Why a message that was handed on and is in a wrong partition again is not handed on for ever.
    func refusal(of head: MessageHead, belongingTo own: Int32) -> String {
        "record \(head.record) belongs to partition \(own) (murmur2 of the record identifier), lies in partition "
            + "\(partition), and was handed on before"
    }
}
