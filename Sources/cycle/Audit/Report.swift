import ArgumentParser
import Audit
import Composition
import Foundation
import Operations
import ReportPage
import Supervision

/// Writes the report page.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write one self-contained HTML page of figures, each bound to signed checkpoints.",
        discussion: "Exit codes: 0 all evidence holds; 1 it does not, and the page says in what; 2 no page was written."
    )

    @Argument(help: "The data directory of an exchange, running or not.")
    var data: String

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String?

    @Flag(help: "Print the same figures as JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Count only leaves under this checkpoint: PARTY:SIZE, or a file with its note; else the latest ones.",
            valueName: "checkpoint"))
    var at: String?

    @OptionGroup var pinning: PinOption

    func validate() throws {
        if output == nil, !json { throw ValidationError("say where the page goes: --output report.html (or --json)") }
    }

    func run() throws {
        let holds = try ProgramFailure.reported(by: "cycle audit") {
            let choice = try ExchangeEvidence.checkpoint(at)
            let content = try ExchangeEvidence(layout: ExchangeLayout(data), pins: pinning.pins).report(at: choice)
            if let output {
                try OutputFile(output).write(Data(ReportPage(content).html.utf8))
            }
            if json { print(String(decoding: try content.json, as: UTF8.self)) }
            return content.bound.holds
        }
        if !holds { throw ExitCode(1) }
    }
}
