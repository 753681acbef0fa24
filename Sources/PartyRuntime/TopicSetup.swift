public import KafkaClient
public import Logging

/// Waits for the broker and makes the exchange's topics where they are missing. Any party may do it first.
public enum TopicSetup {
    /// - Returns: The cluster identifier of the broker, which names the exchange.
    /// - Throws: ``HostError`` when the broker does not answer in time, refuses a topic, or has one with another number
    ///   of partitions.
    public static func prepare(
        settings: KafkaSettings, topics: [PartyWiring.WiredTopicSettings], timeout: Duration, logger: Logger
    ) throws -> String {
        let cluster: ClusterDescription
        do {
            cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout) { error in
                logger.warning("waiting for the broker at \(settings.bootstrapServers): \(error.message)")
            }
        } catch {
            throw HostError(
                .brokerUnreachable,
                "no broker at \(settings.bootstrapServers) within \(timeout): \(error.message); check the address, or "
                    + "start the broker")
        }
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        try create(topics.filter { cluster.topics[$0.name] == nil }, admin: admin, logger: logger)
        for topic in topics {
            if let count = cluster.topics[topic.name], count != topic.partitions {
                throw HostError(
                    .topicMismatch,
                    "topic \(topic.name) has \(count) partitions, the topology says \(topic.partitions); change the "
                        + "topology, or use another broker")
            }
        }
        return try admin.clusterIdentifier()
    }

    /// Makes topics. Only the embedded broker knows the rule that nothing goes before it is read; another one is asked
    /// again without it, and said so.
    private static func create(
        _ topics: [PartyWiring.WiredTopicSettings], admin: KafkaAdmin, logger: Logger
    ) throws {
        func specification(_ topic: PartyWiring.WiredTopicSettings, withReaders: Bool) -> TopicSpecification {
            var configuration = topic.configuration
            if withReaders, !topic.retainedFor.isEmpty {
                configuration["exchange.retention.consumers"] = topic.retainedFor.joined(separator: ",")
            }
            return TopicSpecification(name: topic.name, partitions: topic.partitions, configuration: configuration)
        }
        let results = try admin.createTopics(topics.map { specification($0, withReaders: true) })
        for topic in topics {
            guard case .refused(let error)? = results[topic.name] else { continue }
            if topic.retainedFor.isEmpty { throw refused(topic.name, error) }
            logger.warning("topic \(topic.name): this broker deletes by its own rules, read or not")
            let second = try admin.createTopics([specification(topic, withReaders: false)])
            if case .refused(let error)? = second[topic.name] { throw refused(topic.name, error) }
        }
    }

    private static func refused(_ topic: String, _ error: KafkaError) -> HostError {
        HostError(.brokerRefused, "the broker does not make topic \(topic): \(error.message)")
    }
}
