import EmbeddedBroker
import Foundation
import Logging
import Testing

@testable import KafkaClient

/// What a producer sends lies compressed in the broker's log.
@Suite struct CompressionTests {
    @Test(arguments: [KafkaSettings.Compression.none, .lz4, .zstd])
    func recordsAreKeptAsSmallAsTheSettingsSay(compression: KafkaSettings.Compression) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("compression-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = BrokerConfiguration(dataDirectory: folder)
        configuration.port = 0
        let broker = try await EmbeddedBroker.start(configuration, logger: Logger(label: "broker"))
        var settings = KafkaSettings(bootstrapServers: "\(configuration.host):\(broker.port)")
        settings.compression = compression
        settings.extra = ["linger.ms": "200"]
        let admin = try KafkaAdmin(settings: settings)
        _ = try admin.createTopics([TopicSpecification(name: "t", partitions: 1)])
        let producer = try KafkaProducer(settings: settings, topics: ["t"])
        let values = (0..<200).map { Array("visit \($0): \(String(repeating: "a", count: 500))".utf8) }
        for value in values {
            try producer.enqueue(
                topic: 0, partition: 0, key: nil, value: value, headers: HeaderBlock(names: []), batch: 1)
        }
        #expect(producer.flush(deadlineMilliseconds: 20_000).allSatisfy { $0.failed == 0 })
        producer.close()
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: [PartitionAssignment(TopicPartition(topic: "t", partition: 0), start: .beginning)])
        var (read, batch) = (0, ConsumedBatch())
        while read < values.count {
            consumer.next(into: &batch, maximum: 1_000, timeoutMilliseconds: 5_000)
            try #require(!batch.records.isEmpty)
            for record in batch.records {
                #expect(batch.value(of: record).map(Array.init) == values[read])
                read += 1
            }
        }
        consumer.close()
        try await broker.stop()
        let log = try Data(contentsOf: URL(fileURLWithPath: folder + "/topics/t-0/00000000000000000000.log"))
        // Kafka, "Record Batch": the length after eight bytes, the attributes after 21, the compression in three bits of them.
        var (at, types) = (0, Set<UInt8>())
        while at + 61 <= log.count {
            types.insert(log[at + 22] & 7)
            at += 12 + log[at + 8..<at + 12].reduce(0) { $0 << 8 | Int($1) }
        }
        let expected: [KafkaSettings.Compression: UInt8] = [.none: 0, .lz4: 3, .zstd: 4]
        #expect(types == [try #require(expected[compression])])
        #expect(compression == .none ? log.count > 100_000 : log.count < 20_000)
    }
}
