import ArgumentParser
import Composition
import ProgramStart
import Topology
import Vocabulary

/// The program of the party with the role `moh`.
@main
struct MoHProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moh",
        abstract:
            "The Ministry of Health: takes records in, has them assessed and identified, and puts them into the book.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.")

    @OptionGroup var options: PartyOptions

    func run() throws { try PartyProgram.run(.moh, options) }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
