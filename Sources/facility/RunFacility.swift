import ArgumentParser
import Composition
import Topology
import Vocabulary

/// Submits the visits of a scenario until it is asked to stop.
struct RunFacility: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Submit the visits of a scenario (what is done without a subcommand).")

    @OptionGroup var options: PartyOptions

    func run() throws { try PartyProgram.run(.facility, options) }
}
