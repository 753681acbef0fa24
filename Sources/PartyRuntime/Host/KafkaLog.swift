import HostMachine
import Journal
import KafkaClient
import PartyCore

/// The message log of a host: Kafka.
struct KafkaLog: MessageLog {
    var publisher: Publisher
    let consumer: KafkaConsumer
    let checkpointTopic: String
    /// Whether the broker confirmed all that was sent before the end.
    private var isBrokerThere = false

    init(publisher: Publisher, consumer: KafkaConsumer, checkpointTopic: String) {
        self.publisher = publisher
        self.consumer = consumer
        self.checkpointTopic = checkpointTopic
    }

    var isFull: Bool { publisher.isFull }

    mutating func publish(_ chunk: OutboxChunk) throws { try publisher.publish(chunk) }

    mutating func publish(_ message: CheckpointMessage, at now: Int64) throws {
        try publisher.send(message, to: checkpointTopic, now: now)
    }

    mutating func takeDeliveries() -> Deliveries {
        var deliveries = Deliveries()
        deliveries.confirmed = publisher.takeConfirmed()
        deliveries.failed = publisher.takeFailed()
        deliveries.hasConfirmedCheckpoint = publisher.takeConfirmedRequest()
        deliveries.hasFailedCheckpoint = publisher.hasFailedRequest
        return deliveries
    }

    func acknowledge(_ offsets: [PartitionOffset]) {
        let places = offsets.map { (TopicPartition(topic: $0.topic, partition: $0.partition), $0.next) }
        // For lag displays and the broker's retention only; the truth is in the store.
        try? consumer.commit(Dictionary(places) { $1 })
    }

    /// Takes in what the broker reports.
    mutating func serve(timeoutMilliseconds: Int) throws {
        try publisher.serve(timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Waits for confirmations before the end.
    mutating func settle(deadlineMilliseconds: Int) throws {
        try publisher.flush(deadlineMilliseconds: deadlineMilliseconds)
        isBrokerThere = publisher.isEverythingReported
    }

    mutating func finish() throws {
        if isBrokerThere { try publisher.flush(deadlineMilliseconds: 500) }
    }

    func close() {
        consumer.close(commitDeadlineMilliseconds: 200)
        publisher.close()
    }
}
