public import ExchangeSchema
public import KafkaClient

/// The traffic as the log of a running broker still holds it: for an exchange without an auditor, whose broker was
/// started again on its data. Held in memory: a record costs its bytes and about 300 more.
public final class TopicTraffic: RecordedTraffic, Sendable {
    private let records: [TrafficRecord]
    private let places: [TopicPartition: [Int64: Int]]

    /// Reads what the topics hold now: each partition in its own order, and all of them together by time; records of the
    /// same millisecond stay in order of the topics as given, and of partition.
    /// - Throws: ``ReplayError`` when a topic is missing; `KafkaError` when the broker does not answer.
    public init(settings: KafkaSettings, topics: [String], timeout: Duration) throws {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        let reader = TopicReader(settings: settings)
        var ranges: [TopicPartition: Range<Int64>] = [:]
        for topic in topics {
            guard let partitions = cluster.topics[topic] else {
                throw ReplayError(
                    .source, "the broker at \(settings.bootstrapServers) has no topic \(topic); check the address")
            }
            ranges.merge(try reader.ranges(topic: topic, partitions: partitions)) { $1 }
        }
        var records: [TrafficRecord] = []
        try reader.read(ranges) { records.append($0) }
        let rank = Dictionary(topics.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // What was sent again after a restart bears the time of the first attempt; within a partition the offsets count.
        records.sort { ($0.topic, $0.partition, $0.offset) < ($1.topic, $1.partition, $1.offset) }
        var due: [(time: Int64, index: Int)] = []
        for (index, record) in records.enumerated() {
            let isFirst = index == 0 || records[index - 1].partitionPlace != record.partitionPlace
            due.append((isFirst ? record.timestamp : max(record.timestamp, due[index - 1].time), index))
        }
        let order = due.sorted { first, second in
            let (one, two) = (records[first.index], records[second.index])
            return (first.time, rank[one.topic] ?? 0, one.partition, one.offset)
                < (second.time, rank[two.topic] ?? 0, two.partition, two.offset)
        }
        records = order.map { records[$0.index] }
        var places: [TopicPartition: [Int64: Int]] = [:]
        for (index, record) in records.enumerated() {
            places[record.partitionPlace, default: [:]][record.offset] = index
        }
        (self.records, self.places) = (records, places)
    }

    /// All records in order of time.
    public func forEach(_ body: (TrafficRecord) throws -> Void) throws { try records.forEach(body) }

    /// One record by its place.
    public func record(topic: String, partition: Int32, offset: Int64) -> TrafficRecord? {
        places[TopicPartition(topic: topic, partition: partition)]?[offset].map { records[$0] }
    }
}

extension TrafficRecord {
    fileprivate var partitionPlace: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
