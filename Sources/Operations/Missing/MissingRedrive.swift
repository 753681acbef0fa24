import Composition
import ExchangeSchema
import Foundation
import KafkaClient
import PartyCore
import PartyStore
import Replay
public import Supervision
import Topology

/// `cycle redrive --missing`: what a party sent and a reader never had, and its topic no longer or never held, is sent
/// again, each message as it was. Nothing is sent twice: what the topic holds, or waits in an outbox, is not missing.
public struct MissingRedrive {
    /// What was done.
    public struct Outcome: Sendable, Equatable {
        /// Messages that are missing.
        public var missing = 0
        /// Those whose content was found.
        public var found = 0
        /// Those sent and confirmed.
        public var redriven = 0
        /// Why of other messages it cannot be told whether they are missing; empty where all could be judged.
        public var undecided: [String] = []
    }

    private let layout: ExchangeLayout
    private let record: ExchangeRecord
    private let setup: PartySetup
    private let settings: KafkaSettings
    private let order: DeadLetterRedrive.Order

    /// Takes an exchange, running or not, whose broker runs.
    /// - Parameters:
    ///   - bootstrapServers: Its broker; nil for where the exchange says it is.
    ///   - kafkaConfig: Settings for it, a file or a directory; nil for the exchange's own.
    /// - Throws: ``ProgramFailure`` when the directory holds none.
    public init(
        layout: ExchangeLayout, bootstrapServers: String?, kafkaConfig: String?, order: DeadLetterRedrive.Order
    ) throws {
        record = try layout.requiredRecord()
        guard layout.isInUse || !record.ownsBroker || bootstrapServers != nil else {
            throw ProgramFailure(
                "the exchange in \(layout.directory) is not running, and its broker neither: start it with cycle up "
                    + "--data \(layout.directory), or the broker by hand, and give --bootstrap-servers")
        }
        let login = kafkaConfig.map { ExchangeLogin(path: $0) } ?? record.login(layout)
        settings = try login.settings(
            of: AccessPlan.operatorName, bootstrapServers: bootstrapServers ?? record.broker)
        let scenario = FileManager.default.fileExists(atPath: layout.scenarioPath) ? layout.scenarioPath : nil
        setup = try PartySetup(
            topology: layout.topologyPath, scenario: scenario, records: Int(record.records), seed: record.seed)
        self.layout = layout
        self.order = order
    }

    /// Finds what is missing and its content, says so, and sends it unless the order is a dry run.
    /// - Parameter willSend: Called before anything is sent.
    /// - Throws: ``ProgramFailure`` when it is another exchange's broker, nobody kept the traffic, or the broker does not
    ///   take all; `StoreError`; `ReplayError`; `KafkaError`.
    public func run(timeout: Duration, say: (String) -> Void, willSend: () throws -> Void) throws -> Outcome {
        let search = try MissingSearch(topology: setup.topology, layout: layout)
        let result = try search.run(
            settings: settings, partitions: try ownTopics(exchange: search.exchange, timeout: timeout))
        var outcome = Outcome(missing: result.missing.count, undecided: result.undecided)
        guard !result.missing.isEmpty else { return outcome }
        let found = try contents().find(result.missing)
        outcome.found = found.count
        let known = Set(found.map(\.message.leaf.message))
        let verb = order.isDryRun ? "would send again" : "sends again"
        for entry in result.missing {
            say(
                known.contains(entry.leaf.message)
                    ? "\(verb) \(entry.line)"
                    : "cannot make \(entry.line) again: the auditor did not see it, and what the party had read then was "
                        + "erased or never seen, or gives another content by today's rules")
        }
        guard !order.isDryRun, !found.isEmpty else { return outcome }
        try willSend()
        outcome.redriven = try send(found)
        return outcome
    }

    /// The broker's topics, with their numbers of partitions.
    private func ownTopics(exchange: String?, timeout: Duration) throws -> [String: Int] {
        guard let exchange else {
            throw ProgramFailure("\(layout.directory) holds no party's data; nothing was sent yet")
        }
        let description = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let cluster = try admin.clusterIdentifier()
        guard cluster == exchange else {
            throw ProgramFailure(
                "the broker at \(settings.bootstrapServers) is of exchange \(cluster), \(layout.directory) of \(exchange)"
            )
        }
        return description.topics
    }

    private func contents() throws -> MissingContents {
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        guard StoreInspection.isPossible(directory: directory) else {
            throw ProgramFailure(
                "\(layout.directory) has no auditor's record of the traffic, from which what is missing could be made again"
            )
        }
        return MissingContents(
            setup: setup, layout: layout, vault: try VaultInspection(directory: directory, keyFile: layout.vaultKey))
    }

    /// Sends each as its sender did, with headers that say who sent it again and why.
    private func send(_ found: [FoundMessage]) throws -> Int {
        let topics = setup.topology.topics.map(\.name)
        let producer = try KafkaProducer(settings: settings, topics: topics)
        defer { producer.close() }
        var confirmed = 0
        var why: String?
        func take(_ report: BatchReport) {
            confirmed += report.delivered
            why = why ?? report.error?.message
        }
        var headers = HeaderBlock(names: [])
        for entry in found {
            guard let topic = topics.firstIndex(of: entry.message.topic.name) else { continue }
            headers.clear()
            for header in entry.headers { headers.append(name: header.name, value: header.value) }
            headers.append(name: DeadLetterRedrive.causeHeader, value: Array(entry.message.cause.utf8))
            headers.append(name: DeadLetterRedrive.userHeader, value: Array(order.user.utf8))
            headers.append(name: DeadLetterRedrive.purposeHeader, value: Array(order.purpose.utf8))
            while true {
                do {
                    try producer.enqueue(
                        topic: topic, key: entry.key, value: entry.value, headers: headers,
                        timestampMilliseconds: entry.timestamp, batch: 1)
                    break
                } catch {
                    guard error.isQueueFull else { throw error }
                    producer.serve(timeoutMilliseconds: 10, take)
                }
            }
        }
        producer.flush(deadlineMilliseconds: 10_000).forEach(take)
        guard confirmed == found.count else {
            throw ProgramFailure(
                "the broker took \(confirmed) of \(found.count) messages: \(why ?? "no answer within 10 s"); run it again: "
                    + "what has arrived is not sent again")
        }
        return confirmed
    }
}
