import ArgumentParser
import Composition
import Supervision

/// Shows how an exchange stands.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show how an exchange stands.")

    @OptionGroup var data: DataOptions

    @Flag(help: "As JSON.")
    var json = false

    func run() throws {
        try ProgramFailure.reported(by: "cycle") {
            let status = try ExchangeStatus(layout: data.layout)
            try StandardOutput.say(json ? status.json : status.table)
        }
    }
}
