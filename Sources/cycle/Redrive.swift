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
        abstract: "Put dead letters of a running exchange back into the topic they were read from.",
        discussion: """
            --where takes comparisons joined by "and": reason~ce_id and partition=2. Names are reason, reader, topic, \
            partition, offset, or any header; = is equal, != is not equal, ~ contains. Each message put back names its \
            letter in the header redrive_of. A letter is put back once, unless you say --again.

            --edit names a JSON file that says what to change in each letter: {"headers": {"set": {"ce_type": "..."}, \
            "remove": ["x"]}, "key": "...", "payload": {"merge": {...}}}; the payload may also be given whole, as json, \
            base64, hex or file. What is no message of the topic afterwards is refused, unless the edit says "raw": true.
            """)

    @Argument(help: "The topic of dead letters, for example facility.records.dlt.")
    var topic: String

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

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
            let control = try ExchangeControl(layout: data.layout)
            let settings = try control.settings()
            let redrive = try DeadLetterRedrive(
                settings: settings, topic: topic, topology: try control.topology(), order: order)
            if !dryRun {
                try AccessNote.note(action: "redrive", subject: topic, purpose: access.purpose, layout: data.layout)
            }
            let outcome = try redrive.run(timeout: .milliseconds(Int64(startupTimeout * 1_000))) { print($0) }
            let before = outcome.before > 0 ? ", \(outcome.before) put back before" : ""
            print("\(outcome.letters) letters, \(outcome.chosen) chosen, \(outcome.redriven) put back\(before)")
        }
    }
}
