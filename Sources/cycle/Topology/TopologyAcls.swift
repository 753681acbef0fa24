import ArgumentParser
import Composition
import Foundation
import Topology

/// Prints who may do what.
struct TopologyAcls: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acls", abstract: "Print the access rules that a topology implies.",
        discussion: """
            A party reads and writes its own hops only; the auditor reads all and writes none but its own; cycle makes \
            the topics. Formats: commands, for Apache Kafka's kafka-acls.sh; rules, for broker --rules; json.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case commands
        case rules
        case json
    }

    @OptionGroup var file: TopologyFileOptions
    @OptionGroup var tool: KafkaToolOptions

    @Option(help: "What to print.")
    var format = Format.commands

    func run() throws {
        try ProgramFailure.reported(by: "cycle topology acls") {
            let plan = AccessPlan(try file.load())
            switch format {
            case .commands: plan.kafkaCommands(tool: tool.command("kafka-acls.sh")).forEach { print($0) }
            case .rules: plan.brokerRules.forEach { print($0) }
            case .json:
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                print(String(decoding: try encoder.encode(plan.rules), as: UTF8.self))
            }
        }
    }
}
