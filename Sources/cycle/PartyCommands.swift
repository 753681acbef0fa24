import ArgumentParser
import Composition
import PartyCore
import Supervision

/// What a person tells one running party.
struct PartyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "party", abstract: "Let one party of a running exchange rest, and go on.",
        subcommands: [Pause.self, Resume.self])

    /// Lets it rest.
    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a party rest: it takes in what comes and answers, and does nothing by itself.",
            discussion: "A facility submits no visit of its own, and C06 lets no held answer go. It outlives a restart."
        )

        @OptionGroup var choice: PartyChoice

        func run() throws { try choice.give(.pause, "rests") }
    }

    /// Lets it go on.
    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a party that rests go on.")

        @OptionGroup var choice: PartyChoice

        func run() throws { try choice.give(.resume, "goes on") }
    }
}

/// A party of a running exchange.
struct PartyChoice: ParsableArguments {
    @Argument(help: "The party, by its name in the topology.")
    var party: String

    @OptionGroup var data: DataOptions

    func give(_ kind: PartyCommand.Kind, _ words: String) throws {
        try ProgramFailure.reported(by: "cycle") {
            try ExchangeControl(layout: data.layout).inbox(of: party).giveAll(kind)
            print("\(party) \(words)")
        }
    }
}
