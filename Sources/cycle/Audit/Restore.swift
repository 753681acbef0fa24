import ArgumentParser
import Composition
import Operations
import ProgramStart
import Supervision

/// Brings a party's directory back from a copy.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a copy of a party's directory in its place, where no second history comes of it.",
        discussion: """
            Of a stopped exchange. Looks at all evidence as if the copy were there already. The old directory is kept beside, and the \
            next cycle up has the party read on from the broker. Exit codes: 0 done; 1 it cannot be, and exactly why; 2 it could \
            not be looked at.
            """)

    @Argument(help: "The party's name in the topology.")
    var party: String

    @Option(help: "A copy of the party's directory, or of the whole exchange.")
    var from: String

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    func run() throws {
        let outcome = try ProgramFailure.reported(by: "cycle audit") {
            let outcome = try PartyRestoration(layout: data.layout(vault), party: party, from: from)
                .run(purpose: access.purpose)
            try StandardOutput.say(outcome.text)
            return outcome
        }
        if !outcome.obstacles.isEmpty { throw ExitCode(1) }
    }
}
