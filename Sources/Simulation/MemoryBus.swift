import ExchangeSchema
import KafkaClient
import PartyCore
import Vocabulary

/// A message on the modelled bus.
struct BusMessage {
    var head: MessageHead
    var payload: [UInt8]
    /// Virtual time from which readers see it; Unix milliseconds.
    var availableAt: Int64
}

/// The modelled broker: topics of partitions of messages, in memory, with a delay for each message. It loses nothing and
/// keeps the order within a partition, as Kafka does.
struct MemoryBus {
    /// A topic of the bus.
    struct Topic {
        var type: MessageType
        var partitions: [[BusMessage]]
    }

    private(set) var topics: [Topic]
    private let delays: DelayModel
    private var published: UInt64 = 0

    init(topics: [(type: MessageType, partitions: Int)], delays: DelayModel) {
        self.topics = topics.map { Topic(type: $0.type, partitions: Array(repeating: [], count: $0.partitions)) }
        self.delays = delays
    }

    /// The place of the topic that carries a message type; nil when none does.
    func index(of type: MessageType) -> Int? { topics.firstIndex { $0.type == type } }

    /// Puts a message at the end of the partition that its key chooses, visible after a delay.
    mutating func publish(_ head: MessageHead, key: [UInt8], payload: [UInt8], at now: Int64) {
        guard let topic = index(of: head.type) else { return }
        let partition = Int(murmur2Partition(key: key, count: Int32(topics[topic].partitions.count)))
        published += 1
        var visible = now + delays.delay(published)
        // A later message of a partition is never seen before an earlier one.
        if let last = topics[topic].partitions[partition].last { visible = max(visible, last.availableAt) }
        topics[topic].partitions[partition].append(BusMessage(head: head, payload: payload, availableAt: visible))
    }
}

/// Time from sending to being readable, drawn from the seed for each message by its number: 1 to 20 milliseconds.
struct DelayModel {
    var seed: UInt64

    func delay(_ number: UInt64) -> Int64 {
        var word = seed &+ number &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return 1 + Int64((word ^ (word >> 31)) % 20)
    }
}
