import ArgumentParser
import Operations

/// Writes synthetic visits as an envelope.
struct ExportEnvelope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write visits of a scenario as an envelope of one facility.",
        discussion: "Everything in it is invented. A running exchange of the same scenario knows these people.")

    @Option(help: "The scenario, by name or path.")
    var scenario: String

    @Option(help: "Most visits to write.")
    var records: Int

    @Option(help: "The seed, in place of the scenario's.")
    var seed: UInt64?

    @Option(help: "MA_CSKCB of the facility; by default the one with the most visits.")
    var facility: String?

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String

    func validate() throws {
        if records < 1 { throw ValidationError("--records is 1 or more") }
    }

    func run() throws {
        try EnvelopeExport(scenario: scenario, records: records, seed: seed, facility: facility, output: output).run()
    }
}
