import ArgumentParser
import Composition
import Supervision

/// Shows how an exchange stands.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show how an exchange stands.")

    @OptionGroup var data: DataOptions

    @Flag(help: "As JSON.")
    var json = false

    @Flag(help: "As a monitoring system collects it: the text format of Prometheus.")
    var prometheus = false

    func validate() throws {
        if json && prometheus { throw ValidationError("give --json or --prometheus, not both") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle") {
            if prometheus {
                return try StandardOutput.say(String(ExchangeMetrics(layout: data.layout).text.dropLast()))
            }
            let status = try ExchangeStatus(layout: data.layout)
            try StandardOutput.say(json ? status.json : status.table)
        }
    }
}
