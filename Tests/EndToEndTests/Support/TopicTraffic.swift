import ExchangeSchema
import Foundation
import KafkaClient
import ProgramTestSupport
import Vocabulary

/// A record as the tests read and write it.
struct Traffic: Sendable {
    var topic: String
    var partition: Int32?
    var offset: Int64 = -1
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [(name: String, value: [UInt8])] = []

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}

extension Traffic {
    /// A message with all its attributes, as its sender would write it.
    static func message(
        _ type: MessageType, to topic: String, record: RecordIdentifier, revision: UInt32 = 1, source: String,
        value: [UInt8]?
    ) -> Traffic {
        let identifier = MessageIdentifier(type, record: record, revision: revision).description
        let attributes = [
            ("ce_specversion", "1.0"), ("ce_id", identifier), ("ce_source", source), ("ce_type", type.eventType),
            ("ce_subject", record.description), ("content-type", "application/protobuf"),
        ]
        return Traffic(
            topic: topic, key: Array(record.description.utf8), value: value,
            headers: attributes.map { ($0.0, Array($0.1.utf8)) })
    }
}

extension HandMadeExchange {
    /// Sends records and waits until the broker has them all.
    func publish(_ records: [Traffic]) async throws {
        let settings = settings
        try await blocking {
            let topics = Set(records.map(\.topic)).sorted()
            let producer = try KafkaProducer(settings: settings, topics: topics)
            defer { producer.close() }
            var headers = HeaderBlock(names: [])
            for record in records {
                headers.clear()
                for header in record.headers { headers.append(name: header.name, value: header.value) }
                try producer.enqueue(
                    topic: topics.firstIndex(of: record.topic) ?? 0, partition: record.partition, key: record.key,
                    value: record.value, headers: headers, batch: 1)
            }
            let delivered = producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered }
            guard delivered == records.count else {
                throw NotInTime(description: "\(delivered) of \(records.count) records were delivered")
            }
        }
    }

    /// Everything that topics hold now.
    func read(_ topics: [String]) async throws -> [Traffic] {
        let settings = settings
        return try await blocking {
            let ends = try Self.ends(of: topics, settings)
            let consumer = try KafkaConsumer(
                settings: settings, groupName: nil,
                assignments: ends.keys.map { PartitionAssignment($0, start: .beginning) })
            defer { consumer.close() }
            let total = ends.values.reduce(0, +)
            let deadline = ContinuousClock.now + .seconds(20)
            var found: [Traffic] = []
            var batch = ConsumedBatch()
            while found.count < Int(total) {
                guard ContinuousClock.now < deadline else {
                    throw NotInTime(description: "read \(found.count) of \(total) records of \(topics)")
                }
                consumer.next(into: &batch, maximum: 1_000, timeoutMilliseconds: 200)
                found += batch.records.map { Self.traffic($0, batch, consumer.topics[$0.topicIndex]) }
            }
            return found
        }
    }

    /// How many records each topic holds.
    func counts(_ topics: [String]) async throws -> [String: Int64] {
        let settings = settings
        return try await blocking {
            try Self.ends(of: topics, settings).reduce(into: [:]) { $0[$1.key.topic, default: 0] += $1.value }
        }
    }

    private static func ends(of topics: [String], _ settings: KafkaSettings) throws -> [TopicPartition: Int64] {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let known = try admin.topics()
        var ends: [TopicPartition: Int64] = [:]
        for topic in topics {
            for partition in 0..<(known[topic] ?? 0) {
                let place = TopicPartition(topic: topic, partition: Int32(partition))
                ends[place] = try admin.watermarks(place).high
            }
        }
        return ends
    }

    private static func traffic(_ record: ConsumedRecord, _ batch: ConsumedBatch, _ topic: String) -> Traffic {
        Traffic(
            topic: topic, partition: record.partition, offset: record.offset,
            key: batch.key(of: record).map { Array($0) }, value: batch.value(of: record).map { Array($0) },
            headers: batch.allHeaders(of: record).map { ($0.name, Array($0.value)) })
    }
}
