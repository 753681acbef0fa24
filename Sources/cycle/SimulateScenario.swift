import ArgumentParser
import Composition
import Foundation
import Judgement

/// `cycle simulate`: the same cores in one process, deterministically.
struct SimulateScenario: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs a scenario in one process on a virtual clock.",
        discussion: "The same seed gives the same figures and the same digest of all effects.")

    @Argument(help: "Name of a shipped scenario, or the path of a scenario file.")
    var scenario: String

    @Option(help: "Visits to submit, in place of the scenario's number.")
    var records: Int?

    @Option(help: "The seed, in place of the scenario's.")
    var seed: UInt64?

    @Option(help: "The topology file; by default the scenario's, or the shipped one.")
    var topology: String?

    @Option(help: "Write the report as JSON to this file.")
    var report: String?

    func run() throws {
        let result = try ProgramFailure.reported(by: "cycle simulate") {
            let setup = try PartySetup(topology: topology, scenario: scenario, records: records, seed: seed)
            let result = try SimulatedScenario(setup: setup).run()
            if let report { try OutputFile(report).write(result.json) }
            try StandardOutput.say(result.text)
            return result
        }
        if !result.holds { throw ExitCode(1) }
    }
}
