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
        discussion: "The parties' journals show the way; whose a record is, only the auditor's index knows.")

    @Argument(help: "The record's identifier, or a citizen number.")
    var subject: String

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @Flag(help: "As JSON.")
    var json = false

    @Flag(help: "As a Mermaid sequence diagram.")
    var mermaid = false

    func validate() throws {
        if json, mermaid { throw ValidationError("--json and --mermaid exclude each other") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let traces = try ExchangeEvidence(layout: data.layout).traces(subject, purpose: access.purpose)
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
