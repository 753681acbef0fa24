import ArgumentParser
import Composition
import Foundation
import KafkaClient
import Operations
import PartyStore
import Supervision

/// Puts dead letters back.
struct Redrive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put dead letters back into the topic they were read from, or send again what is missing.",
        discussion: """
            --missing compares what the parties' journals say was sent and confirmed with what the topics hold and what \
            the readers' journals say they had. What its topic does not hold and a reader never had is sent again, as it \
            was: from what the auditor saw, or made again from what the sender had read, and only if its digest is the \
            one in the sender's journal.

            --where takes comparisons joined by "and": reason~ce_id and partition=2. Names are reason, reader, topic, \
            partition, offset, or any header; = is equal, != is not equal, ~ contains. Each message put back names its \
            letter in the header redrive_of. A letter is put back once, unless you say --again.

            --edit names a JSON file that says what to change in each letter: {"headers": {"set": {"ce_type": "..."}, \
            "remove": ["x"]}, "key": "...", "payload": {"merge": {...}}}; the payload may also be given whole, as json, \
            base64, hex or file. What is no message of the topic afterwards is refused, unless the edit says "raw": true.
            """)

    @Argument(help: "The topic of dead letters, for example facility.records.dlt.")
    var topic: String?

    @Flag(help: "Send again what was sent and confirmed, is on no topic, and has not reached a reader.")
    var missing = false

    @Option(help: "With --missing: the broker, HOST:PORT; by default the one that the exchange runs over.")
    var bootstrapServers: String?

    @Option(help: "With --missing: a file of librdkafka settings for it, or a folder with cycle.properties.")
    var kafkaConfig: String?

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    @Option(help: "Which letters; by default all.")
    var `where`: String?

    @Option(help: "A JSON file that says what to change in each letter.")
    var edit: String?

    @Flag(help: "Also letters that were put back before.")
    var again = false

    @Flag(help: "Only say what would be put back, and what would be changed.")
    var dryRun = false

    @Option(help: "Seconds to wait for the broker.")
    var startupTimeout = 10.0

    func validate() throws {
        if missing == (topic != nil) { throw ValidationError("say either a topic of dead letters or --missing") }
        if missing, `where` != nil || edit != nil || again {
            throw ValidationError("--where, --edit and --again are for dead letters")
        }
        if !missing, bootstrapServers != nil || kafkaConfig != nil {
            throw ValidationError("--bootstrap-servers and --kafka-config go with --missing")
        }
        if !(startupTimeout > 0 && startupTimeout <= 86_400) {
            throw ValidationError("--startup-timeout is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle redrive") {
            var order = DeadLetterRedrive.Order(user: CallingPerson.current.text, purpose: access.purpose)
            order.condition = try `where`.map { try LetterCondition($0) }
            order.edit = try edit.map { try LetterEdit(path: $0) }
            (order.isAgain, order.isDryRun) = (again, dryRun)
            guard let topic else { return try redriveMissing(order) }
            let control = try ExchangeControl(layout: data.layout)
            let settings = try control.settings()
            let redrive = try DeadLetterRedrive(
                settings: settings, topic: topic, topology: try control.topology(), order: order)
            if !dryRun {
                try AccessNote.note(action: "redrive", subject: topic, purpose: access.purpose, layout: data.layout)
            }
            let outcome = try redrive.run(timeout: timeout) { print($0) }
            let before = outcome.before > 0 ? ", \(outcome.before) put back before" : ""
            print("\(outcome.letters) letters, \(outcome.chosen) chosen, \(outcome.redriven) put back\(before)")
        }
    }

    private var timeout: Duration { .milliseconds(Int64(startupTimeout * 1_000)) }

    private func redriveMissing(_ order: DeadLetterRedrive.Order) throws {
        let redrive = try MissingRedrive(
            layout: data.layout(vault), bootstrapServers: bootstrapServers, kafkaConfig: kafkaConfig, order: order)
        let outcome = try redrive.run(timeout: timeout) {
            print($0)
        } willSend: {
            try AccessNote.note(action: "redrive", subject: "missing", purpose: access.purpose, layout: data.layout)
        }
        for line in outcome.undecided { print(line) }
        print("\(outcome.missing) missing, \(outcome.found) found, \(outcome.redriven) sent again")
        if outcome.found < outcome.missing || !outcome.undecided.isEmpty { throw ExitCode(1) }
    }
}
