import ArgumentParser
import Composition
import Operations

/// Writes logs in the C2SP layout.
struct Tiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a party's log as a folder that any client of C2SP tlog-tiles reads.")

    @Argument(help: "The party; with --all every one, each in a folder of its own.")
    var party: String?

    @Flag(help: "Every party, and the auditor.")
    var all = false

    @Option(name: [.short, .long], help: "The folder to write to, which must be new or empty.")
    var output: String

    @OptionGroup var data: DataOptions

    func validate() throws {
        if all == (party != nil) { throw ValidationError("name one party, or give --all") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit tiles") {
            for log in try ExchangeEvidence(layout: data.layout).writeTiles(of: party, to: output) {
                print("\(log.party): \(log.leaves) leaves")
            }
        }
    }
}
