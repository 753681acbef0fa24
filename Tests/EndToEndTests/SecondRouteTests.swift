import Foundation
import Judgement
import PartyRuntime
import ProgramTestSupport
import Testing

/// The route of July 2026 on processes: exact to the last record, the same as simulated, and told by the audit as it was.
@Suite struct SecondRouteTests {
    private static let topology = ["--topology", BuiltPrograms.topologyFolder + "/2026-07.yaml"]

    private static func simulated(
        _ arguments: [String], in directory: TemporaryDirectory
    ) async throws -> SimulationReport {
        let path = directory.path + "/simulation.json"
        let program = try Program(
            BuiltPrograms.path("cycle"), ["simulate"] + arguments + ["--report", path], in: directory.path)
        #expect(await program.exit(within: .seconds(60)) == 0, "\(program.output)\(program.errors)")
        let json = try #require(FileManager.default.contents(atPath: path), "\(program.errors)")
        return try JSONDecoder().decode(SimulationReport.self, from: json)
    }

    private static func cycle(_ arguments: [String], in directory: TemporaryDirectory) async throws -> String {
        let program = try Program(BuiltPrograms.path("cycle"), arguments, in: directory.path)
        let status = await program.exit(within: .seconds(60))
        #expect(status == 0, "\(arguments): \(program.output)\(program.errors)")
        return program.output
    }

    @Test func everydayIsExactAndAsSimulated() async throws {
        try await ExchangeSlots.run { directory in
            let arguments = ["everyday"] + Self.topology + ["--records", "500", "--seed", "5"]
            let simulated = try await Self.simulated(arguments, in: directory)
            #expect(simulated.violations == [] && simulated.holds)
            let run = try await CycleRun.start(
                arguments[0], in: directory, Array(arguments.dropFirst()) + ["--keep"]
            ).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            let report = try run.report
            #expect(report.ending == .settled && report.submitted == 500 && report.corrected > 0)
            #expect(report.shared == simulated.shared && report.refusedByReason == simulated.refusedByReason)
            let counts = Dictionary(uniqueKeysWithValues: report.hops.map { ($0.topic, $0.count) })
            #expect(counts == simulated.consumed)
            #expect(counts["moh.records"] == nil && (counts["exchange.corrections"] ?? 0) > 0)
            try await Self.expectAudit(in: directory, shared: report.shared)
        }
    }

    private static func expectAudit(in directory: TemporaryDirectory, shared: Int64) async throws {
        let verified = try await cycle(["audit", "verify", directory.data], in: directory)
        #expect(verified.hasSuffix("all evidence holds\n"), "\(verified)")
        let agreed = try await cycle(["audit", "reconcile", directory.data, "--json"], in: directory)
        let reconciliation = try #require(
            try JSONSerialization.jsonObject(with: Data(agreed.utf8)) as? [String: Any])
        let figures = try #require(reconciliation["figures"] as? [String: Any])
        let hops = try #require(figures["hops"] as? [[String: Any]])
        let order = hops.compactMap { $0["topic"] as? String }
        #expect(
            order == [
                "facility.records", "vss.assessed-records", "moh.identity-checks", "c06.identity-results",
                "moh.book-entries", "exchange.corrections", "moh.answers", "vss.feedback", "moh.insurance-notices",
            ])
        let parties = try #require(figures["parties"] as? [[String: Any]])
        let standing = Dictionary(
            uniqueKeysWithValues: parties.compactMap { party in
                (party["party"] as? String).map { ($0, party["shared"] as? Int64 ?? -1) }
            })
        #expect(standing["moh"] == shared && standing["facility"] == shared && standing["locality"] == shared)
        #expect(reconciliation["violations"] as? [String] == [])
        let page = directory.path + "/report.html"
        _ = try await cycle(["audit", "report", directory.data, "-o", page], in: directory)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        for topic in order { #expect(html.contains(topic), "\(topic)") }
    }

    @Test func whatC06HoldsIsHeldHereToo() async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start(
                "april-2024", in: directory, Self.topology + ["--records", "300"]
            ).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            let report = try run.report
            #expect(report.ending == .held && report.shared == 0 && report.held == 300 - report.refused)
        }
    }

    @Test func theDayAfterDrains() async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start(
                "the-day-after", in: directory, Self.topology + ["--records", "2700"]
            ).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        }
    }
}
