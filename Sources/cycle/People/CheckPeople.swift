import ArgumentParser
import Composition
import Registers

/// `cycle people check`: whether a file of people can be taken over as it stands.
struct CheckPeople: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a file of people or facilities, line by line; changes nothing.",
        discussion: "Exit codes: 0 every row is right; 1 some are not; 2 the file cannot be read; 64 wrong usage.")

    @Argument(help: "The file: CSV, JSON Lines or SQLite.")
    var file: String

    @Flag(help: "It names facilities, not people.")
    var facilities = false

    func run() throws {
        let isRight = try ProgramFailure.reported(by: "cycle people check") {
            do {
                try StandardOutput.say(try sentence())
                return true
            } catch let error as RegisterFileError {
                try StandardOutput.say(error.description)
                try StandardOutput.say(error.count == 1 ? "1 problem" : "\(error.count) problems")
                return false
            }
        }
        if !isRight { throw ExitCode(1) }
    }

    private func sentence() throws -> String {
        if facilities { return "\(try FacilityImport.run(file, into: nil)) facilities are right" }
        let found = try PeopleImport.run(file, into: nil)
        return "\(found.people) people are right: C06 would know \(found.registered), VSS \(found.insured)"
    }
}
