import BrokerTestSupport
import EmbeddedBroker
import Foundation
import Logging
import Testing

@testable import KafkaClient

/// What a producer calls delivered is in the topic, whatever the client library says.
@Suite struct ConfirmationTests {
    /// The first batch of a partition meets a broker that is not yet its leader, the second is taken, and the first then
    /// counts as a duplicate: the client library calls it delivered.
    @Test(arguments: [2])
    func aFirstBatchThatIsLostIsNotCalledDelivered(records: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("confirmation-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = BrokerConfiguration(dataDirectory: folder)
        configuration.port = 0
        configuration.advertisedHost = FaultyBroker.host
        let broker = try await EmbeddedBroker.start(configuration, logger: Logger(label: "broker"))
        let faulty = try FaultyBroker(beforePort: broker.port) { produce in
            produce.number == 1 ? .refusedBehindTheNext(6) : .goes
        }
        var settings = KafkaSettings(bootstrapServers: faulty.address)
        settings.extra = ["batch.num.messages": String(records), "linger.ms": "100", "retry.backoff.ms": "50"]
        let admin = try KafkaAdmin(settings: settings)
        _ = try admin.createTopics([TopicSpecification(name: "t", partitions: 1)])
        let producer = try KafkaProducer(settings: settings, topics: ["t"])
        let headers = HeaderBlock(names: [])
        // Each record is a batch of its own to the producer, so that its fate is known.
        var unsent = Set(0..<UInt(2 * records))
        var wereUnproven = Set<UInt>()
        while !unsent.isEmpty {
            for number in unsent.sorted() {
                let value = withUnsafeBytes(of: number.bigEndian) { Array($0) }
                try producer.enqueue(topic: 0, partition: 0, key: nil, value: value, headers: headers, batch: number)
                // The second batch goes when the first is under way.
                guard number + 1 == records, faulty.faults == 0 else { continue }
                while faulty.faults == 0 { producer.serve(timeoutMilliseconds: 10) { _ in } }
            }
            for report in producer.flush(deadlineMilliseconds: 20_000) {
                if report.delivered > 0 { unsent.remove(report.batch) } else { wereUnproven.insert(report.batch) }
            }
            try #require(producer.outstanding == 0, "no answer in 20 s")
        }
        #expect(faulty.faults == 1)
        #expect(wereUnproven == Set(0..<UInt(records)), "the first batch, to its last record")
        producer.close()

        let end = try admin.ends(ofTopic: "t", partitions: 1)[0]
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: [PartitionAssignment(TopicPartition(topic: "t", partition: 0), start: .beginning)])
        var stored = Set<UInt>()
        var batch = ConsumedBatch()
        var read: Int64 = 0
        while read < end {
            consumer.next(into: &batch, maximum: 1_000, timeoutMilliseconds: 5_000)
            try #require(!batch.records.isEmpty)
            read += Int64(batch.records.count)
            for record in batch.records {
                stored.insert((batch.value(of: record) ?? []).reduce(0) { $0 << 8 | UInt($1) })
            }
        }
        #expect(stored == Set(0..<UInt(2 * records)))
        consumer.close()
        admin.close()
        faulty.stop()
        try await broker.stop()
    }

    /// Runs of offsets within one report.
    struct Run: Sendable {
        var partition: Int32
        var first: Int64
        var count: Int
        var isProven: Bool
    }

    static let reports: [[Run]] = [
        [Run(partition: 0, first: 5, count: 3, isProven: true)],
        // The library writes -1001 to the first, and counts up.
        [Run(partition: 1, first: -1_001, count: 1_500, isProven: false)],
        // A duplicate's answer has -1.
        [Run(partition: 1, first: -1, count: 3, isProven: false)],
        [
            Run(partition: 1, first: -1_001, count: 2, isProven: false),
            Run(partition: 1, first: -1_001, count: 2, isProven: false),
        ],
        [
            Run(partition: 1, first: -1_001, count: 1_001, isProven: false),
            Run(partition: 2, first: 0, count: 1, isProven: true),
        ],
        [
            Run(partition: 1, first: 7, count: 2, isProven: true),
            Run(partition: 1, first: -1_001, count: 1_100, isProven: false),
        ],
    ]

    @Test func aRunThatBeginsWithoutAnOffsetProvesNothing() {
        var proof = OffsetProof()
        for report in Self.reports + Self.reports {
            proof.begin()
            for run in report {
                for place in 0..<run.count {
                    let holds = proof.holds(partition: run.partition, offset: run.first + Int64(place))
                    #expect(holds == run.isProven, "record \(place) of \(run)")
                }
            }
        }
    }

    @Test func acknowledgementsOfNobodyAreRefused() {
        var settings = KafkaSettings(bootstrapServers: "127.0.0.1:1")
        settings.extra["acks"] = "0"
        #expect(throws: KafkaError.self) { try KafkaProducer(settings: settings, topics: ["t"]) }
    }
}
