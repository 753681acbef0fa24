import ArgumentParser
import Composition
import Operations

/// Erases a person.
struct EraseCitizen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract:
            "Make all that the auditor keeps of a citizen unreadable, empty book and warehouses of them, and write it down.",
        discussion: """
            The keys of the citizen's records are overwritten; journals, checkpoints and proofs hold no personal data and \
            stay as they are. The exchange must not be running. A number on the command line can be seen by others on this \
            machine: give it by --citizen-file, or leave it out and be asked.
            """)

    @Argument(help: "The citizen number, 12 digits.")
    var citizen: String?

    @Option(help: ArgumentHelp("The file that has the number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @Option(help: "The order that this follows: its number or file reference.")
    var order: String

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    private var number: CitizenNumberSource { CitizenNumberSource(argument: citizen, file: citizenFile) }

    func validate() throws {
        if let problem = number.problem("the citizen number") {
            throw ValidationError(problem)
        }
        if let problem = StatedReason.problem(order, option: "--order", meaning: "names the order that this follows") {
            throw ValidationError(problem)
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let number = try number.read()
            let erased = try ExchangeEvidence(layout: data.layout(vault))
                .erase(citizen: number, order: order, purpose: access.purpose)
            print("erased \(erased.sealed.count) records:")
            for record in erased.sealed { print("  \(record)") }
            if let book = erased.book {
                print("taken out of the book at MoH: \(book.count) records; the book itself is gone")
                for record in book { print("  \(record)") }
            } else {
                print("there was no book at MoH")
            }
            for (locality, records) in erased.warehouses {
                print("taken out of the warehouse of \(locality): \(records) records")
            }
            print(CitizenErasure.notReached)
        }
    }
}
