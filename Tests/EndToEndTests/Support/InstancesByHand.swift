import Composition
import Foundation
import Judgement
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing
import Topology

/// A broker, four parties and several instances of VSS, all started by the test: nobody starts again what ends.
final class InstancesByHand: Sendable {
    let exchange: HandMadeExchange
    let topology: Topology
    private let options: [String]
    private let others = ["facility", "moh", "c06", "locality"]

    var layout: ExchangeLayout { exchange.layout }

    init(in directory: TemporaryDirectory, scenario: String, records: Int, sessionSeconds: Int) throws {
        let path = BuiltPrograms.topologyFolder + "/three-instances.yaml"
        exchange = try HandMadeExchange(in: directory, scenario: scenario, records: records, topology: path)
        topology = try ExchangeFiles.topology(at: path)
        options = [
            "--session-timeout", String(sessionSeconds), "--evidence", exchange.layout.evidenceDirectory,
        ]
        // What `cycle audit` wants to find.
        try FileManager.default.copyItem(atPath: path, toPath: layout.topologyPath)
        try layout.write(
            ExchangeRecord(
                purpose: .run, scenario: "test", seed: nil, records: Int64(records), broker: "", ownsBroker: true))
    }

    /// Starts everything but the instances.
    func startOthers() async throws {
        try await exchange.startBroker()
        for party in others { _ = try exchange.launch(instance: party, of: party, options) }
    }

    /// Starts an instance of VSS; its first shard may take a moment.
    func start(_ name: String) throws -> Program {
        try exchange.launch(instance: name, of: "vss", options)
    }

    var shards: [Shard] { topology.party(named: "vss").map { topology.shards(of: $0) } ?? [] }

    /// The process that a shard was last heard of from.
    func owner(_ shard: Int) -> Int32? { StatusReport(directory: layout.directory(of: shards[shard]))?.process }

    /// Waits until each instance has a shard, and each shard an instance.
    func awaitShares(of instances: [Program]) async throws {
        let processes = Set(instances.map(\.identifier))
        try await exchange.until("all instances have shards") {
            Set(self.shards.indices.compactMap { self.owner($0) }) == processes
        }
    }

    func status(_ party: String) -> StatusReport? {
        topology.party(named: party).flatMap { layout.status(of: $0, in: topology, running: exchange.running) }
    }

    /// Waits until so many visits are submitted.
    func progress(to records: Int64) async throws {
        try await exchange.until("\(records) records are submitted") {
            self.status("facility")?.figures.submission.nextVisit ?? 0 >= records
        }
    }

    /// Waits until nothing is pending anywhere, and every shard has an owner that runs.
    func settle() async throws {
        try await exchange.until("the run is settled") {
            let statuses = self.topology.parties.compactMap { self.status($0.name) }
            guard statuses.count == self.topology.parties.count,
                statuses.allSatisfy({ $0.isIdle && $0.unconfirmed == 0 && $0.ledger.pending == 0 }),
                self.status("facility")?.figures.submission.nextVisit ?? 0 >= Int64(self.exchange.records)
            else { return false }
            let shared = ["facility", "moh", "locality"].compactMap { self.status($0)?.ledger.shared }
            return Set(shared).count == 1
        }
    }

    /// Stops all programs, the broker last.
    func stopAll(_ instances: [Program]) async throws {
        for name in others {
            let program = try exchange.program(name)
            #expect(await program.stop().status == 0, "\(name): \(program.errors)")
        }
        for instance in instances {
            let end = await instance.stop()
            #expect(end.status == 0, "\(instance.errors)")
            // It leaves its group in good order, which is a word with the broker more.
            end.expectPrompt(within: .seconds(4))
        }
        let broker = try exchange.program("broker")
        #expect(await broker.stop().status == 0)
    }

    /// Nothing lost, nothing done twice, and all that should be refused is, by the ledgers, the rows and the journals.
    /// - Parameter findings: How the lines begin that the audit must say of what an outsider sent; none for a clean run.
    func expectExact(_ comment: Comment, findings: [String] = []) async throws {
        let report = try exchange.judgement()
        #expect(report.holds, "\(comment.rawValue)\n\(report.table)")
        #expect(report.duplicatesApplied == 0, comment)
        let expected = try ExpectedFigures(scenario: exchange.scenario, records: exchange.records)
        #expect(report.refusedByReason == expected.refused, comment)
        #expect(report.corrected == expected.corrected, comment)
        let audit = try Program(
            BuiltPrograms.path("cycle"), ["audit", "verify", layout.directory], in: exchange.directory.path)
        let code = await audit.exit()
        #expect(code == (findings.isEmpty ? 0 : 1), "\(comment.rawValue)\n\(audit.output)\n\(audit.errors)")
        for finding in findings { #expect(audit.output.contains(finding), "\(audit.output)") }
    }
}
