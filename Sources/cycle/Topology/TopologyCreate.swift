import ArgumentParser
import Composition
import Supervision
import Topology

/// Makes the topics.
struct TopologyCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make the topics of a topology at a broker, those that are missing.",
        discussion: "Where the broker has rules, the parties may not make topics and wait for them.")

    @OptionGroup var file: TopologyFileOptions
    @OptionGroup var broker: BrokerOptions

    func run() throws {
        try ProgramFailure.reported(by: "cycle topology create") {
            let topology = try file.load()
            let settings = try ExchangeLogin(path: broker.kafkaConfig)
                .settings(of: AccessPlan.operatorName, bootstrapServers: broker.bootstrapServers)
            try ExchangeTopics.make(topology, settings: settings, timeout: broker.timeout)
            print("\(topology.name): all \(topology.topicsToCreate.count) topics are there")
        }
    }
}
