import Composition
import Foundation
import Judgement
import PartyCore
import PartyRuntime
import PartyStore
@_exported import ProgramTestSupport
import Supervision
import Testing
import Topology

/// A `cycle run`, or a `cycle up`, that is going on.
struct CycleRun: Sendable {
    let directory: TemporaryDirectory
    let program: Program
    var layout: ExchangeLayout { ExchangeLayout(directory.data) }
    var reportPath: String { directory.path + "/report.json" }

    /// Starts `cycle run` with its data and report in the test's directory.
    static func start(
        _ scenario: String, in directory: TemporaryDirectory, _ options: [String] = []
    ) throws -> CycleRun {
        let report = directory.path + "/report.json"
        let arguments = ["run", scenario, "--data", directory.data, "--report", report, "--quiet"] + options
        return CycleRun(
            directory: directory,
            program: try Program(BuiltPrograms.path("cycle"), arguments, in: directory.path))
    }

    /// Starts `cycle up` and waits until all programs run.
    static func up(in directory: TemporaryDirectory, _ options: [String]) async throws -> CycleRun {
        let run = CycleRun(
            directory: directory,
            program: try Program(
                BuiltPrograms.path("cycle"), ["up", "--data", directory.data] + options, in: directory.path))
        try await run.until("all parties run") {
            run.layout.parties.allSatisfy { run.status($0) != nil }
        }
        return run
    }

    /// Waits until something is so in the data directory.
    func until(_ what: String, _ condition: @escaping @Sendable () throws -> Bool) async throws {
        try await FileWatch.until(what, in: directory.path, of: [program], condition)
    }

    /// What a party says of itself; nil when it has not said anything.
    func status(_ party: String) -> StatusReport? { StatusReport(directory: layout.partyDirectory(party)) }

    /// Process of a program as the data directory tells it.
    func process(_ name: String) -> Int32? { (try? layout.record())?.processes[name] }

    /// The same; the parties may have begun before all processes are written down.
    func awaitProcess(_ name: String) async throws -> Int32 {
        let run = self
        try await until("\(name) is in exchange.json") { run.process(name) != nil }
        return try #require(process(name))
    }

    /// Signals a program and waits until it has been started again and, being a party, runs.
    func disturb(_ name: String, _ signal: Int32) async throws {
        let old = try await awaitProcess(name)
        #expect(kill(old, signal) == 0)
        try await awaitRestart(name, after: old)
    }

    /// Waits until a program has another process than this one.
    func awaitRestart(_ name: String, after old: Int32) async throws {
        let run = self
        try await until("\(name) is started again") {
            guard let new = run.process(name), new != old else { return false }
            return name == "broker" || run.status(name)?.process == new
        }
    }

    /// Waits for the end of `cycle run`.
    func finish() async -> FinishedRun {
        let status = await program.exit(within: .seconds(150))
        return FinishedRun(
            status: status, output: program.output, errors: program.errors,
            json: FileManager.default.contents(atPath: reportPath), layout: layout)
    }
}

extension ExchangeLayout {
    /// The parties of the shipped topology.
    var parties: [String] { ["facility", "moh", "vss", "c06", "locality"] }

    /// Judges a stopped exchange as `cycle run` does at its end.
    func judgement(
        scenario: String, records: Int, topology: String = BuiltPrograms.topologyFolder + "/2024-04.yaml"
    ) throws -> RunReport {
        let setup = try PartySetup(
            topology: topology, scenario: scenario, records: records,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let reports = setup.topology.parties.compactMap { party in
            status(of: party, in: setup.topology).map { (party.name, $0) }
        }
        return try RunEvaluation(layout: self, setup: setup, statuses: Dictionary(uniqueKeysWithValues: reports))
            .report(RunEnd(startedAt: 0, ending: .settled, hasBegun: true))
    }
}

/// A `cycle run` that has ended.
struct FinishedRun: Sendable {
    var status: Int32
    var output: String
    var errors: String
    var json: Data?
    var layout: ExchangeLayout

    /// The report; a failure of the test when there is none.
    var report: RunReport {
        get throws { try JSONDecoder().decode(RunReport.self, from: try #require(json, "no report\n\(errors)")) }
    }

    /// All that must be so at the end of every run: nothing lost, nothing twice, no gap in any journal.
    func expectExact(_ comment: Comment? = nil, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
        let report = try report
        #expect(report.conservation.holds, comment ?? "", sourceLocation: sourceLocation)
        #expect(report.conservation.violations == [], comment ?? "", sourceLocation: sourceLocation)
        #expect(report.duplicatesApplied == 0, comment ?? "", sourceLocation: sourceLocation)
        #expect(
            report.submitted == report.shared + report.refused + report.pending + report.withdrawn, comment ?? "",
            sourceLocation: sourceLocation)
        #expect(report.submitted == report.records, comment ?? "", sourceLocation: sourceLocation)
        for shard in try ExchangeFiles.topology(at: layout.topologyPath).shards {
            let party = shard.name
            let store = try StoreInspection(directory: layout.directory(of: shard))
            let journal = try store.journal()
            #expect(journal.firstFault == nil, "\(party)", sourceLocation: sourceLocation)
            #expect(journal.leaves == store.progress.nextSequence, "\(party)", sourceLocation: sourceLocation)
            #expect(store.progress.unsentChunks == [], "\(party)", sourceLocation: sourceLocation)
            #expect(store.progress.ledger.conserves, "\(party)", sourceLocation: sourceLocation)
        }
    }

    /// How often a program was started again.
    func restarts(_ name: String) throws -> Int? { try report.processes.first { $0.name == name }?.restarts }
}
