import ArgumentParser
import Composition
import Foundation
import Operations
import ReportPage
import Supervision

/// Shows a citizen's health book.
struct ShowBook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a citizen's health book as MoH keeps it, and who looked into it.",
        discussion: """
            The exchange may be running. Looking is written down by the auditor, also where there is no book. A number on \
            the command line can be seen by others on this machine: give it by --citizen-file, or leave it out and be asked.
            """)

    @Argument(help: "The citizen number, 12 digits.")
    var citizen: String?

    @Option(help: ArgumentHelp("The file that has the number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @OptionGroup var access: AccessOptions

    @Option(name: [.short, .long], help: "Write one self-contained HTML page to this file.")
    var output: String?

    @Flag(help: "Show older revisions and withdrawn visits too.")
    var history = false

    @Flag(help: "As JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    private var number: CitizenNumberSource { CitizenNumberSource(argument: citizen, file: citizenFile) }

    func validate() throws {
        if let problem = number.problem("the citizen number") {
            throw ValidationError(problem)
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle book") {
            let found = try CitizenBook.open(
                try number.read(), history: history, purpose: access.purpose, layout: data.layout)
            if let output { try OutputFile(output).write(Data(found.page.html.utf8)) }
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                print(String(decoding: try encoder.encode(found), as: UTF8.self))
            } else if output == nil {
                print(found.text)
            }
        }
    }

}
