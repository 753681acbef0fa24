import Composition
import Foundation
import ProgramTestSupport
import SyntheticPopulation
import Topology
import Vocabulary

/// A scenario file of a test.
struct TestScenario: Sendable {
    var name = "test"
    var seed: UInt64 = 5
    var records = 200
    var uninsuredShare = 0.2
    /// What of the load is bounded, as YAML.
    var load = "maximumPending: 20000"
    var faults: [String: Double] = [:]
    var correctionRate = 0.0
    /// Who has signed at the start; nil for all.
    var signed: [String]?
    var endsWhen = "settled"
    var assertions = ["submitted == records", "duplicatesApplied == 0"]
    var timeoutSeconds = 100

    /// VSS has not signed, so that C06 holds every answer, and the run ends when it does.
    static func held(_ name: String, records: Int) -> TestScenario {
        var scenario = TestScenario()
        scenario.name = name
        scenario.records = records
        scenario.signed = ["moh", "c06"]
        scenario.endsWhen = "held"
        return scenario
    }

    /// A little of everything that meets every party, with a load that leaves time to disturb the run.
    static func everything(records: Int, seed: UInt64, recordsPerSecond: Int) -> TestScenario {
        var scenario = TestScenario()
        scenario.name = "everything"
        scenario.records = records
        scenario.seed = seed
        scenario.load = "maximumPending: 500, recordsPerSecond: \(recordsPerSecond)"
        scenario.faults = [
            "sentTwice": 0.05, "nameMisspelled": 0.03, "cardExpired": 0.03, "citizenNumberUnknown": 0.03,
            "unreadable": 0.02, "diagnosisMalformed": 0.03, "deceased": 0.01, "namesakeNumber": 0.02,
        ]
        scenario.correctionRate = 0.5
        scenario.assertions += ["pending == 0", "wrongMatches == expected.wrongMatches"]
        return scenario
    }

    var yaml: String {
        var lines = [
            "name: \(name)", "summary: a test", "seed: \(seed)", "records: \(records)",
            "population: { persons: 100000, facilities: 20, uninsuredShare: \(uninsuredShare) }", "load: { \(load) }",
        ]
        if !faults.isEmpty {
            lines.append("faults:")
            lines += faults.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        }
        lines.append("corrections: { rate: \(correctionRate) }")
        if let signed {
            lines.append("agreements:")
            lines.append("  coordination-regulation: { signed: [\(signed.joined(separator: ", "))] }")
        }
        lines += ["endsWhen: \(endsWhen)", "assertions:"] + assertions.map { "  - \($0)" }
        return (lines + ["timeoutSeconds: \(timeoutSeconds)"]).joined(separator: "\n") + "\n"
    }

    /// Writes it into a directory.
    /// - Returns: Its path.
    func write(in directory: TemporaryDirectory) throws -> String {
        let path = "\(directory.path)/\(name).yaml"
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

/// What must come of a scenario, from its population alone.
struct ExpectedFigures: Sendable {
    var refused: [String: Int64]
    var wrongMatches: Int64
    /// Visits refused at first, corrected, and shared.
    var corrected: Int64

    /// - Parameters:
    ///   - scenario: Name or path.
    ///   - topology: Path; nil for the scenario's own, or the shipped one.
    init(scenario: String, records: Int, seed: UInt64? = nil, topology: String? = nil) throws {
        let setup = try PartySetup(
            topology: topology, scenario: scenario, records: records, seed: seed,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let population = try setup.population("a test")
        let examiners = setup.topology.route.examiners
        let truth = GroundTruth(population: population, records: Int64(records), asking: examiners)
        refused = truth.refused
        wrongMatches = truth.wrongMatches
        corrected = Int64(
            (0..<UInt64(records)).count { visit in
                let truth = population.truth(ofVisit: visit)
                guard case .refused = truth.expectedFirstOutcome(asking: examiners) else { return false }
                return truth.willBeCorrected
            })
    }
}
