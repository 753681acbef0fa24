import ArgumentParser
import Composition
import ProgramStart
import Topology
import Vocabulary

/// The program of the party with the role `locality`.
@main
struct LocalityProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locality",
        abstract: "The provinces: take in the book entries of their residents.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.")

    @OptionGroup var options: PartyOptions

    func run() throws { try PartyProgram.run(.locality, options) }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
