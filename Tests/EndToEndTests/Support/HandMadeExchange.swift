import Foundation
import Judgement
import KafkaClient
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Synchronization
import Testing

/// A broker and five parties started by the test itself, without `cycle`: nobody starts again what ends.
final class HandMadeExchange: Sendable {
    let directory: TemporaryDirectory
    let scenario: String
    let records: Int
    /// Path of the topology.
    let topology: String
    private let programs = Mutex<[String: Program]>([:])
    private let address = Mutex("")

    var layout: ExchangeLayout { ExchangeLayout(directory.data) }
    var parties: [String] { layout.parties }
    var bootstrapServers: String { address.withLock { $0 } }
    var settings: KafkaSettings { KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: "test") }

    /// - Parameter scenario: name or path.
    init(
        in directory: TemporaryDirectory, scenario: String, records: Int,
        topology: String = BuiltPrograms.topologyFolder + "/2024-04.yaml"
    ) throws {
        self.directory = directory
        self.topology = topology
        self.scenario = scenario
        self.records = records
        try FileManager.default.createDirectory(atPath: directory.data, withIntermediateDirectories: true)
    }

    func program(_ name: String) throws -> Program {
        try #require(programs.withLock { $0[name] }, "\(name) was not started")
    }

    /// Starts the broker, at its former address if it had one, and waits until it listens.
    /// - Parameter limit: no file may grow beyond so many KiB.
    func startBroker(fileLimit limit: Int? = nil) async throws {
        let ready = directory.path + "/broker.ready"
        try? FileManager.default.removeItem(atPath: ready)
        let port = bootstrapServers.split(separator: ":").last.map(String.init) ?? "0"
        let program = try start(
            "broker",
            ["--data", layout.brokerDirectory, "--port", port, "--ready-file", ready, "--stop-with-parent"], limit)
        let line = try await FileWatch.value(
            "the broker is ready", in: directory.path, within: .seconds(20), of: [program]
        ) { try? String(contentsOfFile: ready, encoding: .utf8) }
        address.withLock { $0 = line.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Starts a party and waits until it runs.
    func start(party: String, fileLimit limit: Int? = nil) async throws {
        let program = try start(party, arguments(party), limit)
        let layout = layout
        try await FileWatch.until("\(party) runs", in: directory.path, of: [program]) {
            StatusReport(directory: layout.partyDirectory(party))?.process == program.identifier
        }
    }

    /// Starts a party without waiting for it.
    func launch(party: String, fileLimit limit: Int? = nil) throws { _ = try start(party, arguments(party), limit) }

    /// Starts an instance of a party under a name of its own, without waiting for it.
    func launch(instance name: String, of party: String, _ options: [String]) throws -> Program {
        let program = try Program(BuiltPrograms.path(party), arguments(party) + options, in: directory.path)
        programs.withLock { $0[name] = program }
        return program
    }

    /// From now on a program may end, or has ended, unawaited.
    func forget(_ name: String) { programs.withLock { $0[name] = nil } }

    /// Processes of all programs that run.
    var running: Set<Int32> { Set(programs.withLock { $0.values.filter(\.isRunning).map(\.identifier) }) }

    /// The arguments of a party.
    func arguments(_ party: String) -> [String] {
        [
            "--topology", topology, "--scenario", scenario, "--records",
            String(records), "--bootstrap-servers", bootstrapServers, "--data", layout.partyDirectory(party),
            "--startup-timeout", "20", "--stop-with-parent",
        ]
    }

    /// Starts all that is named, each once the one before runs.
    func start(parties: [String]) async throws {
        for party in parties { try await start(party: party) }
    }

    /// Starts broker and parties.
    func startAll(butTheBroker: Bool = false) async throws {
        if !butTheBroker { try await startBroker() }
        try await start(parties: parties)
    }

    private func start(_ name: String, _ arguments: [String], _ limit: Int?) throws -> Program {
        var (executable, words) = (BuiltPrograms.path(name), arguments)
        if let limit {
            // A write beyond the limit then fails with EFBIG, as one on a full disk fails with ENOSPC. The unit of
            // `ulimit -f` in a POSIX shell is 512 bytes.
            let command = "trap '' XFSZ; ulimit -f \(limit * 2); exec \"$0\" \"$@\""
            (executable, words) = ("/bin/sh", ["-c", command, BuiltPrograms.path(name)] + arguments)
        }
        let program = try Program(executable, words, in: directory.path)
        programs.withLock { $0[name] = program }
        return program
    }

    /// What a running party says of itself; nil before it has said anything.
    func status(_ party: String) -> StatusReport? {
        guard let report = StatusReport(directory: layout.partyDirectory(party)),
            programs.withLock({ $0[party]?.identifier }) == report.process
        else { return nil }
        return report
    }

    /// Waits until something is so; in vain once a program has ended.
    func until(_ what: String, _ condition: @escaping @Sendable () throws -> Bool) async throws {
        let started = programs.withLock { Array($0.values) }
        try await FileWatch.until(what, in: directory.path, of: started, condition)
    }

    /// Whether every party is idle, nothing is pending, and all agree on what was shared.
    var isSettled: Bool {
        let reports = parties.compactMap { status($0) }
        guard reports.count == parties.count, reports.allSatisfy({ $0.isIdle && $0.unconfirmed == 0 }),
            reports.allSatisfy({ $0.ledger.pending == 0 }), let facility = reports.first,
            facility.figures.submission.nextVisit >= Int64(records)
        else { return false }
        let shared = reports.filter { ["facility", "moh", "locality"].contains($0.party) }.map(\.ledger.shared)
        return Set(shared).count == 1
    }

    /// Waits until the run is over.
    func settle() async throws {
        try await until("the run is settled") { self.isSettled }
    }

    /// Stops all programs, the broker last; each must end as asked.
    func stopAll(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for name in parties + ["broker"] {
            guard let program = programs.withLock({ $0[name] }), program.isRunning else { continue }
            let end = await program.stop()
            #expect(end.status == 0, "\(name): \(program.errors)", sourceLocation: sourceLocation)
            end.expectPrompt(sourceLocation: sourceLocation)
        }
    }

    /// Judges the stopped exchange.
    func judgement() throws -> RunReport {
        try layout.judgement(scenario: scenario, records: records, topology: topology)
    }
}
