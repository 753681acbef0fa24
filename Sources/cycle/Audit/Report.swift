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
        abstract: "Write one self-contained HTML page: what is the matter, and figures bound to signed checkpoints.",
        discussion: """
            At its top stands what is wrong, where, since when, and who has to act: red when evidence was touched, entries went \
            astray or parties disagree, amber when records stand still or a service level was not kept, else green.

            Exit codes: 0 all evidence holds, whatever the colour; 1 it does not, and the page says in what; 2 no page was written.
            """
    )

    /// Language of the page.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case english = "en"
        case vietnamese = "vi"

        var page: PageLanguage { self == .english ? .english : .vietnamese }
    }

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

    @Option(help: "Language of the page: en or vi. JSON has both.")
    var language = Language.english

    @Option(
        help: ArgumentHelp(
            "The time to which ages run, ISO 8601 or Unix milliseconds; else now or, with --at, the last leaf counted.",
            valueName: "time"))
    var agesTo: String?

    @Option(help: "The age from which a record without an outcome stands still, in seconds.")
    var standsStillAfter: Int64 = ReportVerdict.standsStillAfter / 1_000

    @OptionGroup var pinning: PinOption

    @OptionGroup var vault: VaultOption

    private static let mostSeconds: Int64 = 315_360_000

    func validate() throws {
        if output == nil, !json { throw ValidationError("say where the page goes: --output report.html (or --json)") }
        guard (1...Self.mostSeconds).contains(standsStillAfter) else {
            throw ValidationError("--stands-still-after is a number of seconds, 1 to \(Self.mostSeconds) (ten years)")
        }
    }

    func run() throws {
        let holds = try ProgramFailure.reported(by: "cycle audit") {
            let choice = try ExchangeEvidence.checkpoint(at)
            let evidence = try ExchangeEvidence(
                layout: ExchangeLayout(data, vaultKey: vault.vaultKey), pins: pinning.pins)
            let content = try evidence.report(
                at: choice, time: try ExchangeEvidence.instant(agesTo), language: language.page,
                standsStillAfter: standsStillAfter * 1_000)
            if let output {
                try OutputFile(output).write(Data(ReportPage(content).html.utf8))
            }
            if json { print(String(decoding: try content.json, as: UTF8.self)) }
            return content.bound.holds
        }
        if !holds { throw ExitCode(1) }
    }
}
