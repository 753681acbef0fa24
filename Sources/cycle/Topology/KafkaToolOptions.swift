import ArgumentParser
import Composition
import Topology

/// How Apache Kafka's own tools reach the broker, in the commands that are printed.
struct KafkaToolOptions: ParsableArguments {
    @Option(help: "The broker in the printed commands, HOST:PORT.")
    var bootstrapServers = "localhost:9092"

    @Option(help: "The file of client settings in the printed commands: how an administrator logs in.")
    var commandConfig: String?

    func validate() throws { try BrokerOptions(bootstrapServers: bootstrapServers).validate() }

    /// What precedes the arguments of a tool.
    func command(_ tool: String) -> String {
        let config = commandConfig.map { " --command-config " + ShellWord.quoted($0) } ?? ""
        return "\(tool) --bootstrap-server \(ShellWord.quoted(bootstrapServers))\(config)"
    }
}

/// Which topology a command is about.
struct TopologyFileOptions: ParsableArguments {
    @Option(help: "The topology file; by default the shipped one.")
    var topology: String?

    func load() throws -> Topology { try PartySetup(topology: topology, scenario: nil, records: 0).topology }
}
