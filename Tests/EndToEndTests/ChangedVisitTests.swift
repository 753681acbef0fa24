import Composition
import Foundation
import GRDB
import Judgement
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing
import Topology
import WarehouseStore

@testable import Registers

/// Visits that are amended and withdrawn in an exchange that runs.
@Suite struct ChangedVisitTests {
    /// An exchange that runs, with the ten patients and their visits submitted.
    private struct Standing {
        let directory: TemporaryDirectory
        let program: Program
        let layout: ExchangeLayout
        static let visits = BuiltPrograms.topologyFolder + "/people/visits.xml"

        /// - Parameter localities: Among how many localities the provinces are dealt out; 1 for the shipped one.
        init(route: String, localities: Int = 1) async throws {
            let people = BuiltPrograms.topologyFolder + "/people"
            directory = try TemporaryDirectory()
            let topology =
                localities == 1
                ? "\(BuiltPrograms.topologyFolder)/\(route).yaml"
                : try SeveralLocalitiesTests.topology(localities, of: route, in: directory)
            layout = ExchangeLayout(directory.path + "/data")
            program = try ProgramRun.start(
                "cycle",
                [
                    "up", "--topology", topology, "--people",
                    people + "/patients.csv", "--only-these-people", "--data", layout.directory,
                ], in: directory)
            _ = try await program.brokerAddress()
        }

        /// The lines that a command says, and its exit code.
        func run(_ name: String, _ arguments: String...) async throws -> (code: Int32, lines: [String]) {
            let run = try await ProgramRun.of(name, arguments + ["--data", layout.directory], in: directory)
            return (run.code, (run.output + run.errors).split(separator: "\n").map(String.init))
        }

        /// Submits the visits.
        /// - Returns: MA_LK of those that are shared, each with its record.
        func submit() async throws -> [(episode: String, record: String)] {
            let first = try await run("facility", "submit", Self.visits, "--wait", "60")
            let shared = first.lines.filter { $0.hasPrefix("PX") && $0.hasSuffix("  shared") }.map {
                let words = $0.split(separator: " ", omittingEmptySubsequences: true)
                return (String(words[0]), String(words[1]))
            }
            #expect(shared.count >= 3, "\(first.lines)")
            return shared
        }

        /// Kills MoH as no program can prevent. It is started again, which nobody waits for.
        func killMoH() throws {
            let process = try #require(try layout.record()?.processes["moh"])
            #expect(kill(process, SIGKILL) == 0)
        }

        /// Waits until a party says something of itself.
        func until(
            _ what: String, _ party: String, _ condition: @escaping @Sendable (StatusReport) -> Bool
        ) async throws {
            let place = layout.partyDirectory(party)
            try await FileWatch.until(what, in: directory.path, of: [program]) {
                StatusReport(directory: place).map(condition) ?? false
            }
        }

        /// Stops it, and checks evidence, agreement and the law of every party.
        func end(withdrawn: Int64) async throws {
            _ = try await run("cycle", "down")
            #expect(await program.finish().code == 0)
            for check in ["verify", "reconcile"] {
                let checked = try await ProgramRun.of("cycle", ["audit", check, layout.directory], in: directory)
                #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
            }
            for party in try ExchangeFiles.topology(at: layout.topologyPath).parties.map(\.name) {
                let ledger = try StoreInspection(directory: layout.partyDirectory(party)).progress.ledger
                #expect(ledger.conserves && ledger.withdrawn == withdrawn && ledger.pending == 0, "\(party): \(ledger)")
            }
            #expect(try layout.errorLines() == [])
        }
    }

    /// Number of the patient whose visit this is: the file has both in one order.
    private func citizen(_ episode: String) throws -> String {
        var rows = try RegisterFile.open(BuiltPrograms.topologyFolder + "/people/patients.csv", PeopleColumn.self)
        for _ in 1..<(try #require(Int(episode.dropFirst(2)))) { _ = try rows.next() }
        return try #require(try rows.next())[.citizenNumber]
    }

    /// The new revision goes round although MoH is killed as soon as it is under way; book and warehouse show it, and the
    /// facility is told of everything that it does not do.
    @Test(arguments: ["2024-04", "2026-07"]) func anAmendedVisitIsSharedAnew(route: String) async throws {
        let exchange = try await Standing(route: route)
        let shared = try await exchange.submit()
        let changed = exchange.directory.path + "/changed.xml"
        let never = try await exchange.run(
            "facility", "amend", try Self.other(Standing.visits, exchange.directory.path + "/other.xml"))
        #expect(never.code == 1 && never.lines.contains { $0.contains("has never sent it") }, "\(never.lines)")

        // The same visits with another note.
        try Self.change(Standing.visits, to: changed)
        let conflict = try await exchange.run("facility", "submit", changed)
        let conflicts = conflict.lines.filter {
            $0.contains("conflict, not sent: revision 1, with other contents, is shared")
        }
        #expect(conflict.code == 1 && conflicts.count == shared.count, "\(conflict.lines)")
        #expect(conflicts.allSatisfy { $0.contains("facility amend") })
        let back = try await exchange.run("facility", "amend", changed, "--revision", "3")
        #expect(back.lines.count { $0.contains("so that the next one is 2") } >= shared.count, "\(back.lines)")

        let sent = try await exchange.run("facility", "amend", changed)
        #expect(sent.lines.count { $0.contains("amended: sent as revision 2") } == shared.count, "\(sent.lines)")
        try exchange.killMoH()
        let amended = try await exchange.run("facility", "amend", changed, "--wait", "60")
        for visit in shared {
            #expect(
                amended.lines.contains { $0.hasPrefix(visit.episode) && $0.contains("  shared already") },
                "\(amended.lines)")
        }
        let episode = shared[0].episode
        let book = try await exchange.run(
            "cycle", "book", try citizen(episode), "--purpose", "kiểm tra", "--history", "--json")
        #expect(
            book.code == 0 && book.lines.contains { $0.contains("Bổ sung") || $0.contains("superseded") },
            "\(book.lines)")
        try await exchange.end(withdrawn: 0)
        let standings = try Self.standings(exchange.layout)
        for visit in shared { #expect(standings[visit.record] == ["1 superseded", "2 current"], "\(standings)") }
    }

    /// What is taken back leaves book and warehouse although MoH is killed meanwhile, for good and once.
    @Test(arguments: ["2024-04", "2026-07"]) func aWithdrawnVisitIsGoneFromBookAndWarehouse(route: String) async throws
    {
        let exchange = try await Standing(route: route)
        let gone = try await exchange.submit()[0]
        let order = ["withdraw", gone.episode, "--reason", "Gửi nhầm", "--facility", "01999"]
        let taken = try await exchange.run("facility", order[0], order[1], order[2], order[3], order[4], order[5])
        try exchange.killMoH()
        #expect(
            taken.code == 0 && taken.lines[0].contains("withdrawn as revision 2, out of the book"), "\(taken.lines)")
        let twice = try await exchange.run("facility", order[0], order[1], order[2], order[3], order[4], order[5])
        #expect(
            twice.code == 1 && twice.lines[0].contains("it was withdrawn as revision 2, for good"), "\(twice.lines)")
        let unknown = try await exchange.run(
            "facility", "withdraw", "PX9999", "--reason", "Gửi nhầm", "--facility", "01999")
        #expect(unknown.code == 1 && unknown.lines[0].contains("has never sent it"), "\(unknown.lines)")
        let again = try await exchange.run("facility", "amend", Standing.visits)
        #expect(
            again.lines.contains { $0.hasPrefix(gone.episode) && $0.contains("it was withdrawn") }, "\(again.lines)")

        try await exchange.until("the book has lost it", "facility") { $0.figures.notices.takenIn == 1 }
        for party in ["vss", "c06", "locality"] {
            try await exchange.until("\(party) has taken it back", party) { $0.ledger.withdrawn == 1 }
        }
        // What people read of a locality is written after its batch.
        let layout = exchange.layout
        try await FileWatch.until(
            "the warehouse has lost it", in: exchange.directory.path, of: [exchange.program], openFiles: true
        ) { try Self.standings(layout)[gone.record] == ["1 withdrawn"] }
        let number = try citizen(gone.episode)
        let book = try await exchange.run("cycle", "book", number, "--purpose", "kiểm tra")
        #expect(!book.lines.contains { $0.contains(gone.record) }, "\(book.lines)")
        let history = try await exchange.run("cycle", "book", number, "--purpose", "kiểm tra", "--history")
        #expect(history.code == 0 && history.lines.contains { $0.contains("Gửi nhầm") }, "\(history.lines)")
        let province = try Self.province(of: gone.record, layout)
        let report = try await exchange.run("cycle", "warehouse", province, "report")
        #expect(report.lines.contains("withdrawn  1"), "\(report.lines)")
        try await exchange.end(withdrawn: 1)
        let trace = try await ProgramRun.of(
            "cycle", ["audit", "trace", gone.record, "--data", exchange.layout.directory, "--purpose", "a test"],
            in: exchange.directory)
        for party in ["moh", "vss", "c06", "locality", "facility"] {
            #expect(
                trace.output.split(separator: "\n").contains {
                    $0.contains("  \(party)  receives") && $0.contains(": withdrawn facility.withdrew")
                }, "\(party)\n\(trace.output)")
        }
    }

    /// An amendment that says that the person lives elsewhere goes to the locality there. The one that had the visit keeps
    /// the earlier revision as history, and counts it no more.
    @Test(arguments: ["2024-04", "2026-07"]) func anAmendedVisitGoesToAnotherLocality(route: String) async throws {
        let exchange = try await Standing(route: route, localities: 2)
        let shared = try await exchange.submit()
        let (layout, changed) = (exchange.layout, exchange.directory.path + "/changed.xml")
        // Provinces 01 and 04 are the first of each locality.
        func files(_ condition: @escaping @Sendable ([String: [String]], [String: [String]]) -> Bool) async throws {
            try await FileWatch.until(
                "the warehouses have it", in: exchange.directory.path, of: [exchange.program], openFiles: true
            ) { condition(try Self.standings(layout, "locality-1"), try Self.standings(layout, "locality-2")) }
        }
        try await files { first, second in shared.allSatisfy { first[$0.record] != nil || second[$0.record] != nil } }
        let moving = try Self.readWarehouse(layout, "locality-1") {
            try String.fetchAll($0, sql: "SELECT record FROM visit WHERE province = '01' ORDER BY record")
        }
        #expect(moving.count >= 2)
        try RewrittenEnvelope.write(Standing.visits, to: changed) {
            $0.replacing("<MATINH_CU_TRU>01</MATINH_CU_TRU>", with: "<MATINH_CU_TRU>04</MATINH_CU_TRU>")
        }
        let sent = try await exchange.run("facility", "amend", changed)
        #expect(sent.lines.count { $0.contains("amended: sent as revision 2") } >= moving.count, "\(sent.lines)")
        try exchange.killMoH()
        try await files { first, second in
            moving.allSatisfy { first[$0] == ["1 superseded"] && second[$0] == ["2 current"] }
        }
        let left = try Self.readWarehouse(layout, "locality-1") {
            try String.fetchAll($0, sql: "SELECT record FROM departure ORDER BY record")
        }
        #expect(left == moving)
        let report = try await exchange.run("cycle", "warehouse", "01", "report")
        #expect(report.lines.contains { $0 == "people with a visit in the book  0" }, "\(report.lines)")
        try await exchange.end(withdrawn: 0)
    }

    /// What the warehouse has of each record: revisions, with what they count for.
    private static func standings(
        _ layout: ExchangeLayout, _ locality: String = "locality"
    ) throws -> [String: [String]] {
        let rows = try readWarehouse(layout, locality) {
            try Row.fetchAll($0, sql: "SELECT record, revision, standing FROM visit ORDER BY record, revision")
        }
        return Dictionary(grouping: rows) { $0["record"] as String }
            .mapValues { $0.map { "\($0["revision"] as Int64) \($0["standing"] as String)" } }
    }

    /// Where the person of a record lives: not all of the ten patients live in one province.
    private static func province(of record: String, _ layout: ExchangeLayout) throws -> String {
        try readWarehouse(layout) {
            try String.fetchOne($0, sql: "SELECT province FROM visit WHERE record = ?", arguments: [record]) ?? ""
        }
    }

    private static func readWarehouse<Result>(
        _ layout: ExchangeLayout, _ locality: String = "locality", _ body: (Database) throws -> Result
    ) throws -> Result {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(
            path: layout.partyDirectory(locality) + "/" + WarehouseWriter.fileName, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read(body)
    }

    /// Everything that a facility changes by itself, in processes: counts against the population's truth, on both routes.
    @Test(arguments: ["2024-04", "2026-07"]) func theScenarioOfAmendmentsIsExact(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start(
                "amendments", in: directory,
                ["--records", "600", "--topology", "\(BuiltPrograms.topologyFolder)/\(route).yaml"])
            let end = await run.finish()
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            try end.expectExact()
            let report = try end.report
            #expect(report.withdrawn > 0 && report.figures.amended > 0 && report.figures.refusedAmendments > 0)
            let verify = try Program(
                BuiltPrograms.path("cycle"), ["audit", "verify", directory.data], in: directory.path)
            #expect(await verify.exit() == 0, "\(verify.output)\(verify.errors)")
            let agree = try Program(
                BuiltPrograms.path("cycle"), ["audit", "reconcile", directory.data], in: directory.path)
            #expect(await agree.exit() == 0, "\(agree.output)\(agree.errors)")
            #expect(try run.layout.errorLines() == [])
        }
    }

    /// Writes the same visits under other MA_LK.
    private static func other(_ source: String, _ target: String) throws -> String {
        try RewrittenEnvelope.write(source, to: target) { $0.replacing("PX00", with: "PZ00") }
        return target
    }

    /// Writes a file of visits of which each has another note.
    private static func change(_ source: String, to target: String) throws {
        try RewrittenEnvelope.write(source, to: target) {
            $0.replacing("<GHI_CHU></GHI_CHU>", with: "<GHI_CHU>Bổ sung</GHI_CHU>")
        }
    }
}
