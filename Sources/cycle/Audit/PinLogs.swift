import ArgumentParser
import Audit
import Composition
import Operations
import Supervision

/// Writes what a regulator carries away.
struct PinLogs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Write what to carry away, so that nobody can take back what stands in the logs now.",
        discussion: """
            For each log its keys with their ranges and its latest checkpoints with their cosignatures: a kilobyte or two. \
            Keep the folder where whoever keeps the exchange cannot write, and give it to verify, reconcile, report and \
            check with --pins. Nothing is verified here.
            """)

    @Argument(help: "The data directory of an exchange, running or not.")
    var data: String

    @Option(name: [.short, .long], help: "The folder to write to, which must be new or empty.")
    var output: String

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit pin") {
            for log in try ExchangeEvidence(layout: ExchangeLayout(data)).pin(to: output) {
                let cosigned = log.cosigned.map {
                    "\($0) of them cosigned by \(log.cosigners) of \(log.witnesses) others"
                }
                print("\(log.name): \(log.leaves) leaves, \(cosigned ?? "cosigned by less than half of the others")")
            }
        }
    }
}
