import ArgumentParser
import Composition
import Operations
import Supervision
import Topology

/// Shows the messages of an exchange.
struct Tail: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show messages as they come, one line of ProtoJSON each.",
        discussion: """
            Without options: what comes from now on, until Ctrl-C. With --from-beginning: what is there, and no more; \
            with --follow also what comes after.
            """)

    @Argument(help: "The topic; by default all of the exchange.")
    var topic: String?

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @Option(help: "A broker, HOST:PORT, in place of the exchange's; its topics are then those of --topology.")
    var bootstrapServers: String?

    @Option(help: "Settings to log in with: a file, or a folder with cycle.properties; by default the exchange's own.")
    var kafkaConfig: String?

    @Option(help: "The topology file, with --bootstrap-servers; by default the shipped one.")
    var topology: String?

    @Flag(help: "Begin with the oldest message.")
    var fromBeginning = false

    @Flag(help: "Go on after the last message.")
    var follow = false

    @Option(help: "End after this many messages.")
    var count: Int?

    @Option(help: "Seconds to wait for the broker.")
    var startupTimeout = 10.0

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is 1 or more") }
        if let bootstrapServers {
            try BrokerOptions(bootstrapServers: bootstrapServers, startupTimeout: startupTimeout).validate()
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle tail") {
            let control = bootstrapServers == nil ? try ExchangeControl(layout: data.layout) : nil
            let known =
                try control?.topology() ?? PartySetup(topology: topology, scenario: nil, records: 0).topology
            let range = TopicTail.Range(
                fromBeginning: fromBeginning, follows: follow || !fromBeginning, count: count)
            let settings =
                try control?.settings(config: kafkaConfig)
                ?? ExchangeLogin(path: kafkaConfig).settings(
                    of: AccessPlan.operatorName, bootstrapServers: bootstrapServers ?? "")
            let subject = topic ?? "all topics"
            if control == nil {
                try AccessNote.note(
                    action: "tail", subject: subject, purpose: access.purpose, settings: settings,
                    topic: known.audit.access)
            } else {
                try AccessNote.note(action: "tail", subject: subject, purpose: access.purpose, layout: data.layout)
            }
            try TopicTail(settings: settings, topology: known, range: range)
                .run(topic: topic, timeout: .milliseconds(Int64(startupTimeout * 1_000)))
        }
    }
}
