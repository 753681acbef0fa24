import ArgumentParser
import Composition
import ProgramStart
import Topology
import Vocabulary

/// The program of the party with the role `c06`.
@main
struct C06Program: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "c06",
        abstract: "C06: identifies the people of records in the national population database.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.")

    @OptionGroup var options: PartyOptions

    func run() throws { try PartyProgram.run(.c06, options) }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
