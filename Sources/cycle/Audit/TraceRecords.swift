import ArgumentParser
import Audit
import Composition
import Foundation
import Operations

/// Follows a record, or all records of a citizen.
struct TraceRecords: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show the way of a record, or of all records of a citizen, through all parties.",
        discussion: """
            The parties' journals show the way; whose a record is, only the auditor's index knows. A number on the command line \
            can be seen by others on this machine: give it by --citizen-file, or leave it out and be asked.
            """)

    @Argument(help: "The record's identifier, or a citizen number.")
    var subject: String?

    @Option(help: ArgumentHelp("The file that has the citizen number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    @Flag(help: "As JSON.")
    var json = false

    @Flag(help: "As a Mermaid sequence diagram.")
    var mermaid = false

    private var number: CitizenNumberSource { CitizenNumberSource(argument: subject, file: citizenFile) }

    func validate() throws {
        if let problem = number.problem("a record's identifier or a citizen number") {
            throw ValidationError(problem)
        }
        if json, mermaid { throw ValidationError("--json and --mermaid exclude each other") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let subject = try number.read()
            let traces = try ExchangeEvidence(layout: data.layout(vault)).traces(subject, purpose: access.purpose)
            if json {
                print(try Self.text(traces, isOne: subject.contains("-")))
            } else {
                print(traces.map { mermaid ? $0.mermaid : $0.text }.joined(separator: "\n\n"))
            }
        }
    }

    /// One object for a record, an array for a citizen.
    private static func text(_ traces: [RecordTrace], isOne: Bool) throws -> String {
        if isOne, let trace = traces.first { return String(decoding: try trace.json, as: UTF8.self) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(traces), as: UTF8.self)
    }
}
