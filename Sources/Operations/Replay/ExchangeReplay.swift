import Composition
import Foundation
public import KafkaClient
import PartyRuntime
import PartyStore
public import Replay
public import Supervision
import Topology

/// `cycle replay`: the recorded traffic of an exchange that is not running, into another broker or through today's rules.
public struct ExchangeReplay {
    private let layout: ExchangeLayout
    private let record: ExchangeRecord
    private let setup: PartySetup

    /// Looks at a directory, and changes nothing.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, one of another version, or one that is running.
    public init(layout: ExchangeLayout) throws {
        let record = try layout.stoppedRecord()
        self.layout = layout
        self.record = record
        let scenario = FileManager.default.fileExists(atPath: layout.scenarioPath) ? layout.scenarioPath : nil
        var setup = try PartySetup(
            topology: layout.topologyPath, scenario: scenario, records: Int(record.records), seed: record.seed)
        setup.people = record.people(layout)
        setup.facilities = record.facilities(layout)
        self.setup = setup
    }

    /// The traffic as the broker of the exchange still holds it, started again on its data for this.
    /// - Throws: ``ProgramFailure`` when it is another exchange's broker; `ReplayError`; `KafkaError`.
    public func traffic(from settings: KafkaSettings, timeout: Duration) throws -> any RecordedTraffic {
        _ = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let (cluster, own) = (try admin.clusterIdentifier(), try exchange())
        guard cluster == own else {
            throw ProgramFailure(
                "the broker at \(settings.bootstrapServers) is of exchange \(cluster), \(layout.directory) of \(own)")
        }
        return try TopicTraffic(settings: settings, topics: setup.topology.topicsToCreate.map(\.name), timeout: timeout)
    }

    /// The traffic as the auditor kept it.
    /// - Throws: ``ProgramFailure`` when there was no auditor.
    public func recordedTraffic() throws -> any RecordedTraffic {
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        guard StoreInspection.isPossible(directory: directory) else {
            throw ProgramFailure(
                "\(layout.directory) has no auditor's record of the traffic; start its broker and say --from-broker")
        }
        return VaultTraffic(try VaultInspection(directory: directory, keyFile: layout.vaultKey))
    }

    /// Runs a party's recorded inputs through today's core.
    /// - Throws: ``ProgramFailure`` when there is no such party; `StoreError`; `ReplayError`.
    public func rerun(party name: String, _ traffic: any RecordedTraffic) throws -> RerunReport {
        guard let party = setup.topology.party(named: name) else {
            let names = setup.topology.parties.map(\.name).joined(separator: ", ")
            throw ProgramFailure("there is no party \(name); there is \(names)")
        }
        let shards = setup.topology.shards(of: party)
        let reports = try shards.map { shard in
            let directory = layout.directory(of: shard)
            guard StoreInspection.isPossible(directory: directory) else {
                throw ProgramFailure("\(directory) holds no party's data: \(shard.name) did not run here")
            }
            return try RerunChoice(
                shard: shard, role: party.role, setup: setup, directory: directory, evidence: layout.evidenceDirectory
            )
            .run(traffic)
        }
        return reports.count == 1 ? reports[0] : .total(party: name, reports)
    }

    /// The topics that a replay goes over, each with its recorded number of partitions.
    /// - Parameter names: Those wished for; empty for those of the exchange without dead letters and audit.
    /// - Throws: ``ProgramFailure`` that names what there is.
    public func topics(named names: [String]) throws -> ReplayTarget.Plan {
        let all = setup.topology.topicsToCreate
        let wished = names.isEmpty ? setup.topology.topics.map(\.name) : names
        return try wished.map { name in
            guard let topic = all.first(where: { $0.name == name }) else {
                throw ProgramFailure("there is no topic \(name); there is \(all.map(\.name).joined(separator: ", "))")
            }
            return (topic.name, topic.partitions)
        }
    }

    /// The cluster identifier of the recorded broker, which names the exchange.
    /// - Throws: ``ProgramFailure`` when no party has run.
    public func exchange() throws -> String {
        let party = setup.topology.shards.map { layout.directory(of: $0) }.first {
            StoreInspection.isPossible(directory: $0)
        }
        guard let party else { throw ProgramFailure("\(layout.directory) holds no party's data; nothing was recorded") }
        return try StoreInspection(directory: party).exchange
    }
}
