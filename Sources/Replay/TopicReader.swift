public import ExchangeSchema
public import KafkaClient

/// Reads stretches of partitions from a running broker, once.
public struct TopicReader {
    private let settings: KafkaSettings

    /// A reader of a cluster.
    public init(settings: KafkaSettings) { self.settings = settings }

    /// The offsets that a topic's partitions hold now; empty partitions are left out.
    /// - Throws: `KafkaError` when the broker does not answer.
    public func ranges(topic: String, partitions: Int) throws -> [TopicPartition: Range<Int64>] {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        var ranges: [TopicPartition: Range<Int64>] = [:]
        for partition in 0..<partitions {
            let place = TopicPartition(topic: topic, partition: Int32(partition))
            let marks = try admin.watermarks(place)
            if marks.high > marks.low { ranges[place] = marks.low..<marks.high }
        }
        return ranges
    }

    /// Hands each record of the ranges to the body; in order within a partition. What comes after the ranges is left.
    /// - Throws: What the body throws; ``ReplayError`` when the broker stops answering; `KafkaError`.
    public func read(_ ranges: [TopicPartition: Range<Int64>], _ body: (TrafficRecord) throws -> Void) throws {
        var ends = ranges.filter { !$0.value.isEmpty }.mapValues(\.upperBound)
        guard !ends.isEmpty else { return }
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: ends.keys.map { PartitionAssignment($0, start: .offset(ranges[$0]?.lowerBound ?? 0)) })
        defer { consumer.close() }
        var batch = ConsumedBatch()
        var quietSince = ContinuousClock.now
        while !ends.isEmpty {
            consumer.next(into: &batch, maximum: 1_000, timeoutMilliseconds: 100)
            if let fatal = batch.problems.first(where: { $0.error.isFatal || $0.error.isOffsetOutOfRange }) {
                throw fatal.error
            }
            guard !batch.records.isEmpty else {
                // Compacted or cut off in the meantime, or the broker is gone: nobody waits for ever.
                guard ContinuousClock.now - quietSince < Self.patience else {
                    let why = batch.problems.first?.error.message ?? "nothing came for \(Self.patience)"
                    throw ReplayError(.source, "cannot read \(ends.keys.map(\.description).sorted()[0]): \(why)")
                }
                continue
            }
            quietSince = ContinuousClock.now
            for record in batch.records {
                let place = TopicPartition(topic: consumer.topics[record.topicIndex], partition: record.partition)
                guard let end = ends[place] else { continue }
                if record.offset < end { try body(Self.copy(record, of: batch, topic: place.topic)) }
                if record.offset + 1 >= end { ends[place] = nil }
            }
        }
    }

    private static let patience = Duration.seconds(30)

    private static func copy(_ record: ConsumedRecord, of batch: ConsumedBatch, topic: String) -> TrafficRecord {
        TrafficRecord(
            topic: topic, partition: record.partition, offset: record.offset,
            timestamp: record.timestampMilliseconds, key: batch.key(of: record).map { Array($0) },
            value: batch.value(of: record).map { Array($0) },
            headers: batch.allHeaders(of: record).map { TrafficHeader($0.name, Array($0.value)) })
    }
}
