import ExchangeSchema
import KafkaClient
import PartyRuntime
import Topology
import Vocabulary

/// The topics of an exchange, as the kit reads and writes them: from the ends that they have when it begins, without a group
/// and without commits, so that nobody else's reading is touched.
final class ExchangeWire {
    /// Partitions of each topic.
    let partitions: [String: Int]
    /// The identifier of the cluster, which names the exchange.
    let exchange: String

    private let settings: KafkaSettings
    private let consumer: KafkaConsumer
    private let producer: KafkaProducer
    private let places: [String: Int]
    private var batch = ConsumedBatch()
    private var headers = HeaderBlock(names: [])

    /// Connects, and notes the ends of all topics.
    /// - Parameters:
    ///   - reading: Topics whose new records are wanted.
    ///   - writing: Topics that are written.
    ///   - fromBeginning: Topics of which all records are wanted.
    /// - Throws: ``ConformanceError`` for a topic that is not there, `KafkaError` when the broker does not answer.
    init(
        settings: KafkaSettings, reading: Set<String>, writing: Set<String>, fromBeginning: Set<String> = []
    ) throws {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let known = try admin.topics()
        exchange = try admin.clusterIdentifier()
        partitions = known
        self.settings = settings
        if let missing = reading.union(writing).subtracting(known.keys).sorted().first {
            throw ConformanceError(
                "the broker has no topic \(missing); make the topics with: cycle topology create --bootstrap-servers "
                    + settings.bootstrapServers)
        }
        let read = reading.sorted().flatMap { topic in
            (0..<(known[topic] ?? 0)).map { TopicPartition(topic: topic, partition: Int32($0)) }
        }
        let ends = try admin.ends(of: read, timeoutMilliseconds: 10_000)
        consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: read.map {
                PartitionAssignment(
                    $0, start: fromBeginning.contains($0.topic) ? .beginning : .offset(ends[$0] ?? 0))
            })
        let topics = writing.sorted()
        producer = try KafkaProducer(settings: settings, topics: topics)
        places = Dictionary(uniqueKeysWithValues: topics.enumerated().map { ($1, $0) })
    }

    /// Partition into which a message goes.
    func partition(of message: CaseMessage) -> Int32 {
        murmur2Partition(key: message.key, count: Int32(max(1, partitions[message.topic] ?? 1)))
    }

    /// Writes records and waits until the broker has them.
    /// - Throws: ``ConformanceError`` when it does not take them.
    func send(_ messages: [CaseMessage]) throws {
        for message in messages {
            headers.clear()
            for header in message.headers { headers.append(name: header.name, value: header.value) }
            try producer.enqueue(
                topic: places[message.topic] ?? -1, key: message.key, value: message.value, headers: headers, batch: 1)
        }
        let reports = producer.flush(deadlineMilliseconds: 30_000)
        if let error = reports.compactMap(\.error).first {
            throw ConformanceError("the broker did not take what the kit sent: \(error.message)")
        }
        guard producer.outstanding == 0 else {
            throw ConformanceError("the broker has not confirmed what the kit sent within 30 s; check it")
        }
    }

    /// Waits for records.
    /// - Throws: ``ConformanceError`` for what the broker does not let the kit read, `KafkaError` for what cannot be mended.
    func next(within milliseconds: Int) throws -> [TrafficRecord] {
        try Self.next(consumer, &batch, within: milliseconds)
    }

    private static func next(
        _ consumer: KafkaConsumer, _ batch: inout ConsumedBatch, within milliseconds: Int
    ) throws -> [TrafficRecord] {
        consumer.next(into: &batch, maximum: 500, timeoutMilliseconds: milliseconds)
        for problem in batch.problems where problem.error.isFatal || problem.error.isAuthorization {
            throw ConformanceError("the topics cannot be read: \(problem.error.message)")
        }
        let found = batch
        return found.records.map { record in
            TrafficRecord(
                topic: consumer.topics[record.topicIndex], partition: record.partition, offset: record.offset,
                timestamp: record.timestampMilliseconds, key: found.key(of: record).map { Array($0) },
                value: found.value(of: record).map { Array($0) },
                headers: found.allHeaders(of: record).map { TrafficHeader($0.name, Array($0.value)) })
        }
    }

    /// Everything that a topic holds.
    /// - Throws: As ``next(within:)``, and when it cannot be read within 10 s.
    func recorded(_ topic: String) throws -> [TrafficRecord] {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let places = (0..<(partitions[topic] ?? 0)).map { TopicPartition(topic: topic, partition: Int32($0)) }
        var left: [TopicPartition: Int64] = [:]
        for place in places {
            let marks = try admin.watermarks(place)
            if marks.high > marks.low { left[place] = marks.high }
        }
        let reader = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: left.keys.map { PartitionAssignment($0, start: .beginning) })
        defer { reader.close() }
        let deadline = ContinuousClock.now + .seconds(10)
        var records: [TrafficRecord] = []
        while !left.isEmpty {
            guard ContinuousClock.now < deadline else {
                throw ConformanceError("topic \(topic) could not be read to its end within 10 s; check the broker")
            }
            for record in try Self.next(reader, &batch, within: 500) {
                records.append(record)
                let place = TopicPartition(topic: record.topic, partition: record.partition)
                if let end = left[place], record.offset + 1 >= end { left[place] = nil }
            }
        }
        return records
    }

    /// Ends both clients.
    func close() {
        consumer.close()
        producer.close()
    }
}

/// Why the kit cannot try a party.
package struct ConformanceError: Error, Equatable, CustomStringConvertible {
    /// For people: what happened, and what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}
