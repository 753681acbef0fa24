import ArgumentParser
import Composition
import Foundation
import Operations
import Supervision

/// What concerns health books.
struct BookCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book", abstract: "Show a citizen's health book, or open books before any visit.",
        subcommands: [ShowBook.self, EnrolProvince.self], defaultSubcommand: ShowBook.self)
}

/// Opens books.
struct EnrolProvince: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Open a book at MoH for each resident of a province whom C06 and VSS know, before any visit.",
        discussion: """
            The exchange may be running. Nobody gets a second book: after an interruption, or new people, do it again. It \
            is written down by the auditor. That the lists come to MoH in this way is simulator-defined. Exit codes: 0 done; \
            2 it could not be done; 64 wrong usage.
            """)

    @Option(help: "The province, two digits of Decision 19/2025/QD-TTg: 01 to 96.")
    var province: String

    @Option(help: "Why this is done; it is written into the auditor's log, with who did it and when.")
    var purpose = "books opened before any visit"

    @Flag(help: "As JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        if let problem = StatedReason.problem(purpose, option: "--purpose", meaning: "says why, in a few words") {
            throw ValidationError(problem)
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle book") {
            let report = try ProvinceEnrolment(province: province, layout: data.layout).run(purpose: purpose)
            guard json else { return print(report.text) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        }
    }
}
