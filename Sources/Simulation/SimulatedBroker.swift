import ExchangeSchema
import HostMachine
import Journal
import KafkaClient
import PartyCore
import Vocabulary

/// A record of the modelled log.
struct LoggedRecord: Sendable {
    /// Attributes; nil for a record that is no message of the exchange.
    var head: MessageHead?
    /// What it says about a log; nil for all others.
    var checkpoint: CheckpointMessage?
    var key: [UInt8]?
    var value: [UInt8]?
    /// Headers of a dead letter.
    var headers: [DeadLetterHeader] = []
    /// Virtual time from which readers see it; Unix milliseconds.
    var availableAt: Int64 = 0
}

/// The modelled broker: topics of partitions of records, in memory, with a delay for each record. What it has stored it
/// does not lose, and it keeps the order within a partition, as Kafka does. What is on its way to it can be lost.
struct SimulatedBroker: Sendable {
    /// A topic of messages.
    struct Topic: Sendable {
        var name: String
        var type: MessageType
        var province: UInt8?
        var partitions: [[LoggedRecord]]
    }

    private(set) var topics: [Topic]
    private(set) var checkpoints: [LoggedRecord] = []
    private(set) var deadLetters: [String: [LoggedRecord]] = [:]
    private let delays: DelayModel
    private var published: UInt64 = 0

    init(topics: [SimulatedExchange.SimulatedTopic], delays: DelayModel) {
        self.topics = topics.map {
            Topic(
                name: $0.name, type: $0.type, province: $0.province,
                partitions: Array(repeating: [], count: $0.partitions))
        }
        self.delays = delays
    }

    /// Puts a message at the end of the partition that its key chooses, visible after a delay.
    /// - Parameter province: Of a kind with a topic for each province, whose topic is meant; 0 for any other.
    mutating func store(_ head: MessageHead, key: [UInt8], payload: [UInt8], province: UInt8 = 0, at now: Int64) {
        let place = topics.firstIndex { $0.type == head.type && ($0.province ?? province) == province }
        guard let topic = place else { return }
        let partition = Int(murmur2Partition(key: key, count: Int32(topics[topic].partitions.count)))
        published += 1
        var record = LoggedRecord(head: head, key: key, value: payload, availableAt: now + delays.delay(published))
        // A later message of a partition is never seen before an earlier one.
        if let last = topics[topic].partitions[partition].last {
            record.availableAt = max(record.availableAt, last.availableAt)
        }
        topics[topic].partitions[partition].append(record)
    }

    mutating func store(_ message: CheckpointMessage, at now: Int64) {
        checkpoints.append(LoggedRecord(checkpoint: message, availableAt: now + 1))
    }

    mutating func store(_ letter: DeadLetter, at now: Int64) {
        deadLetters[letter.topic, default: []].append(
            LoggedRecord(key: letter.key, value: letter.value, headers: letter.headers, availableAt: now + 1))
    }
}

/// Time from sending to being readable, drawn from the seed for each message by its number: 1 to 20 milliseconds.
struct DelayModel: Sendable {
    var seed: UInt64

    func delay(_ number: UInt64) -> Int64 {
        var word = seed &+ number &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return 1 + Int64((word ^ (word >> 31)) % 20)
    }
}

/// What a simulated party read in a turn.
struct SimulatedMessages: MessageBatch {
    var records: [(place: MessagePlace, record: LoggedRecord)] = []

    var count: Int { records.count }

    func place(at index: Int) -> MessagePlace { records[index].place }

    func head(at index: Int) throws(UnreadableHead) -> MessageHead {
        guard let head = records[index].record.head else { throw UnreadableHead("no message of the exchange") }
        return head
    }

    func withPayload<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = records[index].record.value ?? []
        return try body(bytes.span.bytes)
    }

    func copy(at index: Int) -> RecordCopy {
        let record = records[index].record
        return RecordCopy(key: record.key, value: record.value, headers: record.headers)
    }

    func checkpoint(at index: Int) -> CheckpointMessage? { records[index].record.checkpoint }
}
