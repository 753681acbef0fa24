import ArgumentParser
import Composition
import Foundation
import JUnitReport
import Judgement
import Topology

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

    @Option(help: "A file for what was tried, as JUnit XML: a case for each assertion and finding.")
    var junit: String?

    func run() throws {
        let result = try ProgramFailure.reported(by: "cycle simulate") {
            let setup = try PartySetup(topology: topology, scenario: scenario, records: records, seed: seed)
            let files = [report, junit].map { $0.map(OutputFile.init) }
            for file in files.compactMap(\.self) { try file.requirePlace() }
            let (result, failure) = try SimulatedScenario(setup: setup).conduct()
            try files[0]?.write(result.json)
            try files[1]?.write(Data(result.junit(repeatedBy: repeatingCommand).xml.utf8))
            if let failure { throw failure }
            try StandardOutput.say(result.text)
            return result
        }
        if !result.holds { throw ExitCode(1) }
    }

    private var repeatingCommand: String {
        var command = RepeatingCommand("cycle", "simulate", scenario)
        command.add("--records", records)
        command.add("--seed", seed)
        command.add("--topology", topology)
        return command.line
    }
}
