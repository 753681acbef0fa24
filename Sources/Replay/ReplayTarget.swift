import ExchangeSchema
public import KafkaClient

/// The broker that recorded traffic is to go into: looked at first, and given the topics only then.
public struct ReplayTarget {
    /// A topic with the number of partitions it was recorded with.
    public typealias Plan = [(topic: String, partitions: Int)]

    private let settings: KafkaSettings
    private let timeout: Duration
    private let plan: Plan
    /// Records looked at, at each end of each partition.
    private static let sampleSize: Int64 = 200

    /// A broker and the topics that are to be in it.
    public init(settings: KafkaSettings, timeout: Duration, plan: Plan) {
        self.settings = settings
        self.timeout = timeout
        self.plan = plan
    }

    /// Refuses a broker that holds the run already; writes nothing.
    ///
    /// It does when it is the very cluster that was recorded, or when its topics hold, at the beginning or the end of a
    /// partition, a record replayed from this exchange or a message with an identifier of the recorded traffic.
    /// - Parameter exchange: Cluster identifier of the recorded exchange.
    /// - Throws: ``ReplayError``; `KafkaError` when the broker does not answer.
    public func requireFresh(exchange: String, traffic: some RecordedTraffic) throws {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        guard try identifier() != exchange else {
            throw alreadyThere("is the exchange's own broker, which holds this run")
        }
        let reader = TopicReader(settings: settings)
        var seen: Set<[UInt8]> = []
        for (topic, _) in plan {
            guard let partitions = cluster.topics[topic] else { continue }
            let ranges = try reader.ranges(topic: topic, partitions: partitions)
            var ends = ranges.mapValues { $0.prefix(Self.sampleSize) }
            try look(ends, reader, exchange: exchange, &seen)
            ends = ranges.mapValues { $0.suffix(Self.sampleSize) }
            try look(ends, reader, exchange: exchange, &seen)
        }
        guard !seen.isEmpty else { return }
        let topics = Set(plan.map(\.topic))
        try traffic.forEach { record in
            guard topics.contains(record.topic), let message = record.header(EventAttribute.identifier.header),
                seen.contains(message)
            else {
                return
            }
            throw alreadyThere(
                "holds message \(String(decoding: message, as: UTF8.self)) of this run in \(record.topic)")
        }
    }

    private func look(
        _ ranges: [TopicPartition: Range<Int64>], _ reader: TopicReader, exchange: String, _ seen: inout Set<[UInt8]>
    ) throws {
        try reader.read(ranges) { record in
            if let origin = record.header(TrafficReplay.originHeader),
                origin.starts(with: Array((exchange + "/").utf8))
            {
                throw alreadyThere("holds a replay of this run: \(record.place)")
            }
            if let message = record.header(EventAttribute.identifier.header) { seen.insert(message) }
        }
    }

    private func alreadyThere(_ what: String) -> ReplayError {
        ReplayError(
            .alreadyThere, "the broker at \(settings.bootstrapServers) \(what); use another broker, or say --again")
    }

    private func identifier() throws -> String {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        return try admin.clusterIdentifier()
    }

    /// Makes the missing topics, kept for ever: the recorded times may lie long back.
    /// - Throws: ``ReplayError`` when a topic has another number of partitions, or the broker makes none.
    public func prepare() throws {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        for (topic, partitions) in plan {
            guard let count = cluster.topics[topic], count != partitions else { continue }
            throw ReplayError(
                .target,
                "topic \(topic) at \(settings.bootstrapServers) has \(count) partitions, the recorded one "
                    + "\(partitions); use another broker, or delete the topic")
        }
        let missing = plan.filter { cluster.topics[$0.topic] == nil }.map {
            TopicSpecification(
                name: $0.topic, partitions: $0.partitions,
                configuration: ["retention.ms": "-1", "retention.bytes": "-1"])
        }
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        for (topic, result) in try admin.createTopics(missing) {
            guard case .refused(let error) = result else { continue }
            throw ReplayError(.target, "the broker does not make topic \(topic): \(error.message)")
        }
    }
}

extension Range<Int64> {
    fileprivate func prefix(_ count: Int64) -> Range<Int64> { lowerBound..<Swift.min(upperBound, lowerBound + count) }
    fileprivate func suffix(_ count: Int64) -> Range<Int64> { Swift.max(lowerBound, upperBound - count)..<upperBound }
}
