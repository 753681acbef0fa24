import ArgumentParser
import Audit
import Composition
import Operations
import ProgramStart
import Supervision

/// Watches an exchange.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say every finding and every new checkpoint as it comes, until Ctrl-C.",
        discussion: """
            Begins by verifying everything. Then it reads each second what is new in each log, and verifies everything again when \
            that takes no more than a twentieth of the time since. Exit codes: 0 nothing was found; 1 something was; 2 it could \
            not be watched.
            """)

    @Argument(help: "The data directory of an exchange, running or not.")
    var data: String

    @OptionGroup var pinning: PinOption

    @OptionGroup var vault: VaultOption

    @Flag(help: "As JSON Lines: one object a line, by topology/schema/audit-watch.schema.json.")
    var json = false

    @Flag(help: "End as soon as something is found.")
    var untilFinding = false

    func run() throws {
        let isClean = try ProgramFailure.reported(by: "cycle audit") {
            let watch = EvidenceWatch()
            let layout = ExchangeLayout(data, vaultKey: vault.vaultKey)
            return try watch.run(layout: layout, pins: pinning.pins, untilFinding: untilFinding) { line in
                try StandardOutput.say(json ? line.json : line.text)
            }
        }
        if !isClean { throw ExitCode(1) }
    }
}
