import ArgumentParser
import Composition
import ExchangeSchema
import Operations
import Supervision

/// What concerns agreements.
struct AgreementCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Sign agreements of a running exchange, or see who has.",
        subcommands: [Sign.self, Show.self])

    /// Signs.
    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a party sign an agreement, with its own key; what was held back then goes on.")

        @Argument(help: "The party that signs.")
        var party: String

        @Option(help: "The agreement; by default the only one.")
        var agreement: String?

        @Option(help: "Why this is done; it is written into the auditor's log, with who did it and when.")
        var purpose = "to sign an agreement"

        @OptionGroup var data: DataOptions

        func run() throws {
            try ProgramFailure.reported(by: "cycle") {
                try AccessNote.note(
                    action: "sign", subject: "\(agreement ?? "the agreement") in the name of \(party)",
                    purpose: purpose,
                    layout: data.layout)
                let signed = try ExchangeControl(layout: data.layout).sign(party: party, agreement: agreement)
                print("\(party) \(signed.stoodBefore ? "had" : "has") signed \(signed.agreement)")
            }
        }
    }

    /// Shows who has signed.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "status", abstract: "Show who has signed what.")

        @OptionGroup var data: DataOptions

        func run() throws {
            try ProgramFailure.reported(by: "cycle") {
                print(try ExchangeStatus(layout: data.layout).agreementTable)
            }
        }
    }
}
