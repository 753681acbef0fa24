import ArgumentParser
import Composition
import Operations

/// Gives a party another key.
struct RotateKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give a party of a stopped exchange a new key pair; its journal says so.",
        discussion: """
            The old key signs one more checkpoint, which covers the change, and none after. The next cycle up goes on \
            with the new one. Exit codes: 0 done; 2 it could not be, and the old key stays.
            """)

    @Argument(help: "The party's name in the topology.")
    var party: String

    @OptionGroup var data: DataOptions

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            print(try PartyKeyRotation(layout: data.layout, party: party).run())
        }
    }
}
