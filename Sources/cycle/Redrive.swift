import ArgumentParser
import KafkaClient
import Orchestration
import Topology

/// Puts dead letters back.
struct Redrive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put dead letters of a running exchange back into the topic they were read from.",
        discussion: """
            --where takes comparisons joined by "and": reason~ce_id and partition=2. Names are reason, reader, topic, \
            partition, offset, or any header; = is equal, != is not equal, ~ contains. Each message put back names its \
            letter in the header redrive_of.
            """)

    @Argument(help: "The topic of dead letters, for example facility.records.dlt.")
    var topic: String

    @OptionGroup var data: DataOptions

    @Option(help: "Which letters; by default all.")
    var `where`: String?

    @Flag(help: "Only say what would be put back.")
    var dryRun = false

    @Option(help: "Seconds to wait for the broker.")
    var startupTimeout = 10.0

    func validate() throws {
        if !(startupTimeout > 0 && startupTimeout <= 86_400) {
            throw ValidationError("--startup-timeout is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle redrive") {
            let condition = try `where`.map { try LetterCondition($0) }
            let control = try ExchangeControl(layout: data.layout)
            let settings = KafkaSettings(
                bootstrapServers: try control.bootstrapServers(), clientIdentifier: "cycle-redrive")
            let outcome = try DeadLetterRedrive(
                settings: settings, topic: topic, suffix: try control.topology().deadLetters.suffix,
                condition: condition, isDryRun: dryRun
            ).run(timeout: .milliseconds(Int64(startupTimeout * 1_000))) { print($0) }
            print("\(outcome.letters) letters, \(outcome.chosen) chosen, \(outcome.redriven) put back")
        }
    }
}
