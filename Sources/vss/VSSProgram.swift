import ArgumentParser
import Composition
import ProgramStart
import Topology
import Vocabulary

/// The program of the party with the role `vss`.
@main
struct VSSProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vss",
        abstract: "Vietnam Social Security: assesses the insurance side of records.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.")

    @OptionGroup var options: PartyOptions

    func run() throws { try PartyProgram.run(.vss, options) }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
