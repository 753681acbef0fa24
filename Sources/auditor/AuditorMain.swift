import ArgumentParser
import Composition
import ProgramStart

/// The program that reads every topic and keeps a log of its own.
@main
struct AuditorMain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auditor",
        abstract: "Reads every topic of an exchange, and keeps a log and all records of its own.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.")

    @OptionGroup var options: AuditorOptions

    func run() throws { try AuditorProgram.run(options) }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
