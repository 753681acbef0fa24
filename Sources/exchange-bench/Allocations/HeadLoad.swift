import ArgumentParser
import ExchangeSchema
import KafkaClient
import PartyRuntime
import Vocabulary

/// Reads messages from a broker as a party does, up to the head and the payload that its core is handed. The first half
/// fills the buffers, which keep their size; what is counted is the second, in ``measuredSection(_:)``.
struct HeadLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head-load", abstract: "Messages up to head and payload, for a counter of allocations.",
        shouldDisplay: false)

    /// What is read.
    static let topic = "heads"
    /// What it carries.
    static let type = MessageType.assessment

    @Option(help: "The broker.")
    var bootstrapServers: String

    @Option(help: "Messages in the topic.")
    var records: Int

    func run() throws {
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: bootstrapServers), groupName: nil,
            assignments: [
                PartitionAssignment(TopicPartition(topic: Self.topic, partition: 0), start: .beginning)
            ],
            headerNames: EventAttribute.read.map(\.header))
        defer { consumer.close() }
        var reading = Reading(consumer: consumer)
        try reading.read(records / 2)
        let first = reading.messages
        try measuredSection { try reading.read(records) }
        // The counter reads this line.
        print(reading.messages - first)
        guard reading.bytes > 0 else { throw BenchError("the messages have no payload") }
    }
}

/// A consumer, and what came of its batches.
private struct Reading {
    let consumer: KafkaConsumer
    var batch = ConsumedBatch()
    var messages = 0
    /// Of payloads, so that looking at them is not left out.
    var bytes = 0

    /// Reads until so many messages were seen since the start.
    mutating func read(_ count: Int) throws {
        while messages < count {
            consumer.next(into: &batch, maximum: 500, timeoutMilliseconds: 10_000)
            guard !batch.records.isEmpty else { throw BenchError("no message came within ten seconds") }
            for index in batch.records.indices {
                let head = try MessageHead(batch, record: index, carrying: HeadLoad.type)
                guard head.salt != .none else { throw BenchError("a message without a salt") }
                bytes += batch.withBytes(batch.records[index].value) { $0.byteCount }
            }
            messages += batch.records.count
        }
    }
}
