import Foundation
public import KafkaClient
public import Logging

/// Waits for the broker and makes the exchange's topics where they are missing. Any party may do it first; one that the
/// broker does not let make topics waits for its own.
public enum TopicSetup {
    /// - Parameter wiring: Whose topics must be there; nil for all of `topics`.
    /// - Returns: The cluster identifier of the broker, which names the exchange.
    /// - Throws: ``HostError`` when the broker does not answer in time, refuses the login, a topic or the sight of one,
    ///   or has one with another number of partitions.
    public static func prepare(
        settings: KafkaSettings, topics: [PartyWiring.WiredTopicSettings], wiring: PartyWiring? = nil,
        timeout: Duration, logger: Logger
    ) throws -> String {
        let deadline = ContinuousClock.now + timeout
        var known = try cluster(settings, timeout, logger).topics
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let barred = try create(topics.filter { known[$0.name] == nil }, admin: admin, logger: logger)
        let own = wiring.map { wiring in barred.filter { wiring.use(of: $0) != nil } } ?? barred
        for name in own {
            known[name] = try wait(for: name, wiring, admin: admin, settings, until: deadline, timeout)
        }
        for topic in topics {
            if let count = known[topic.name], count != topic.partitions {
                throw HostError(
                    .topicMismatch,
                    "topic \(topic.name) has \(count) partitions, the topology says \(topic.partitions); change the "
                        + "topology, or use another broker")
            }
        }
        try awaitLeaders(of: topics, wiring, admin: admin, settings, until: deadline)
        return try admin.clusterIdentifier()
    }

    /// Waits until every partition that the party reads or writes has a leader that knows itself to be one: what is
    /// sent before may be lost although the client library says that it was delivered.
    private static func awaitLeaders(
        of topics: [PartyWiring.WiredTopicSettings], _ wiring: PartyWiring?, admin: KafkaAdmin,
        _ settings: KafkaSettings, until deadline: ContinuousClock.Instant
    ) throws {
        let own = topics.filter { topic in
            wiring.map { $0.use(of: topic.name) != nil || $0.checkpointTopic == topic.name } ?? true
        }
        for topic in own {
            let left = max(1_000, Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1)))
            do throws(KafkaError) {
                _ = try admin.ends(ofTopic: topic.name, partitions: topic.partitions, timeoutMilliseconds: left)
            } catch {
                // Who may not know is told so when the topic is used.
                if error.isAuthorization { continue }
                throw HostError(
                    .brokerUnreachable,
                    "topic \(topic.name) has no leader: \(error.message); wait until the broker at "
                        + "\(settings.bootstrapServers) has settled, then start again")
            }
        }
    }

    private static func cluster(
        _ settings: KafkaSettings, _ timeout: Duration, _ logger: Logger
    ) throws -> ClusterDescription {
        do {
            return try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout) { error in
                logger.warning("waiting for the broker at \(settings.bootstrapServers): \(error.message)")
            }
        } catch let error where error.isAuthentication {
            throw HostError(.brokerRefused, settings.refusedLogin)
        } catch {
            throw HostError(
                .brokerUnreachable,
                "no broker at \(settings.bootstrapServers) within \(timeout): \(error.message); check the address, or "
                    + "start the broker")
        }
    }

    /// How long a broker that answers may take to make the topics: there is one for each province, and a busy machine needs
    /// many seconds for them.
    private static let patienceMilliseconds = 60_000

    /// Makes topics. Only the embedded broker knows the rule that nothing goes before it is read; another one is asked
    /// again without it, and said so.
    /// - Returns: Those that this user may not make.
    private static func create(
        _ topics: [PartyWiring.WiredTopicSettings], admin: KafkaAdmin, logger: Logger
    ) throws -> [String] {
        func specification(_ topic: PartyWiring.WiredTopicSettings, withReaders: Bool) -> TopicSpecification {
            var configuration = topic.configuration
            if withReaders, !topic.retainedFor.isEmpty {
                configuration["exchange.retention.consumers"] = topic.retainedFor.joined(separator: ",")
            }
            return TopicSpecification(name: topic.name, partitions: topic.partitions, configuration: configuration)
        }
        func made(_ specifications: [TopicSpecification]) throws -> [String: TopicCreation] {
            do throws(KafkaError) {
                return try admin.createTopics(specifications, timeoutMilliseconds: patienceMilliseconds)
            } catch {
                guard error.isTimeout else { throw error }
                throw HostError(
                    .brokerUnreachable,
                    "the broker has not made \(specifications.count) topics within \(patienceMilliseconds / 1_000) seconds: "
                        + "\(error.message); what it has made stays, so start again when it has less to do")
            }
        }
        let results = try made(topics.map { specification($0, withReaders: true) })
        var barred: [String] = []
        for topic in topics {
            guard case .refused(let error)? = results[topic.name] else { continue }
            if error.isAuthorization {
                barred.append(topic.name)
                continue
            }
            if topic.retainedFor.isEmpty { throw refused(topic.name, error) }
            logger.warning("topic \(topic.name): this broker deletes by its own rules, read or not")
            let second = try made([specification(topic, withReaders: false)])
            if case .refused(let error)? = second[topic.name] { throw refused(topic.name, error) }
        }
        return barred
    }

    /// Somebody else makes the topic: waits for it.
    /// - Returns: Its number of partitions.
    private static func wait(
        for topic: String, _ wiring: PartyWiring?, admin: KafkaAdmin, _ settings: KafkaSettings,
        until deadline: ContinuousClock.Instant, _ timeout: Duration
    ) throws -> Int {
        while true {
            switch try admin.sight(of: topic) {
            case .present(let partitions): return partitions
            case .refused: throw HostError(.brokerRefused, settings.refusedTopic(topic, wiring))
            case .missing: break
            }
            guard ContinuousClock.now < deadline else {
                throw HostError(
                    .brokerRefused,
                    "there is no topic \(topic) within \(timeout), and \(settings.user) may not make it; make it with: "
                        + "cycle topology create")
            }
            // The broker tells nobody of new topics.
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    private static func refused(_ topic: String, _ error: KafkaError) -> HostError {
        HostError(.brokerRefused, "the broker does not make topic \(topic): \(error.message)")
    }
}
