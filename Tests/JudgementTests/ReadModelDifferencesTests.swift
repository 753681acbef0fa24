import Composition
import Foundation
import GRDB
import Judgement
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing
import Topology

/// Book and warehouses of a run against what follows from its population: exact in both hosts and on both routes, and
/// whatever is altered afterwards is found and named.
@Suite struct ReadModelDifferencesTests {
    private static let records = 500
    private static let routes = ["2024-04", "2026-07"].map { BuiltPrograms.topologyFolder + "/\($0).yaml" }
    private static let asked = ["bookDifferences == 0", "warehouseDifferences == 0"]

    @Test(arguments: routes)
    func theSimulationIsExact(route: String) throws {
        let setup = try PartySetup(
            topology: route, scenario: "everyday-all", records: 2_000,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let report = try SimulatedScenario(setup: setup).run()
        #expect(report.violations == [] && report.assertions.filter { !$0.holds } == [])
        #expect(Set(Self.asked).isSubset(of: report.assertions.map(\.text)))
        #expect(report.amended > 0 && report.withdrawn > 0 && report.changes > 0 && report.wrongMatches > 0)
    }

    /// Vaccinations or health checks among them, in both hosts.
    @Test(
        arguments: routes,
        [("vaccinations", "vaccination", "vaccination"), ("checkups", "health_check", "health-check")])
    func whatIsNoVisitIsExactInBothHosts(
        route: String, kind: (scenario: String, table: String, name: String)
    ) async throws {
        let setup = try PartySetup(
            topology: route, scenario: kind.scenario, records: 2_000,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let report = try SimulatedScenario(setup: setup).run()
        #expect(report.violations == [] && report.assertions.filter { !$0.holds } == [])
        #expect(Set(Self.asked).isSubset(of: report.assertions.map(\.text)))
        let truth = GroundTruth(
            population: try setup.population("a test"), records: setup.records,
            asking: setup.topology.route.examiners)
        #expect(report.refusedByReason == truth.refused && truth.amended > 0 && truth.withdrawn > 0)
        let directory = try TemporaryDirectory()
        let layout = ExchangeLayout(directory.path + "/data")
        let run = try await ProgramRun.of(
            "cycle",
            [
                "run", kind.scenario, "--records", "2000", "--data", layout.directory, "--topology", route, "--quiet",
            ], in: directory)
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        for text in Self.asked { #expect(run.output.contains("holds   \(text)"), "\(run.output)") }
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: layout.directory + "/" + Self.warehouse, configuration: configuration)
        let counts = try queue.read {
            try Row.fetchOne(
                $0,
                sql: """
                    SELECT (SELECT count(*) FROM \(kind.table)), (SELECT count(*) FROM visit WHERE kind = '\(kind.name)'),
                      (SELECT count(*) FROM visit WHERE kind <> '\(kind.name)')
                    """)
        }
        try queue.close()
        let found = try #require(counts)
        let (given, visits, others): (Int64, Int64, Int64) = (found[0], found[1], found[2])
        #expect(given == visits && given > 600 && others > 900, "\(found)")
    }

    private struct Altered: Sendable {
        var figure: String
        var file: String
        var sql: String
        var words: [String]
    }

    private static let book = "moh/party.sqlite"
    private static let warehouse = "locality/warehouse.sqlite"
    private static func visit(_ standing: String) -> String {
        "(SELECT min(visit_id) FROM visit WHERE standing = '\(standing)')"
    }

    private static let alterations =
        [
            ("ward = '00000'", "revision 1, ward: expected \""),
            ("shared_at = shared_at + 1", ", shared_at: expected "),
            ("fund = fund + 1", ", fund: expected "), ("citizen = '001099000001'", ", citizen: is another"),
            ("standing = 'superseded'", ", standing: expected \"current\", found \"superseded\""),
            ("overlaps = 1 - overlaps", ", overlaps: expected "), ("is_clean = 1 - is_clean", ", is_clean: expected "),
            ("main_disease = 'Z99'", ", main_disease: expected "),
            ("minutes_to_book = NULL", ", minutes_to_book: expected "),
        ].map { change, words in
            Altered(
                figure: "warehouseDifferences", file: warehouse,
                sql: "UPDATE visit SET \(change) WHERE visit_id = \(visit("current"))",
                words: ["warehouse of locality: record ", words])
        }
        + [
            (
                "DELETE FROM visit WHERE visit_id = \(visit("current"))",
                ["revision 1: is not there", "hang on no visit"]
            ),
            (
                "DELETE FROM visit WHERE visit_id = \(visit("superseded"))",
                [": is not there", ", is_correct: expected "]
            ),
            (
                "INSERT INTO visit (visit_id, record, revision, standing, citizen, province, ward, name, birth_date, sex, "
                    + "facility, kind, category, admitted, discharged, month, main_disease, main_category, outcome, "
                    + "discharge_kind, card_check, benefit_percent, shared_at, received_at, missing, contradictions, overlaps, "
                    + "is_correct, is_complete, is_clean, is_live) SELECT 999999, '01890000-0000-7000-8000-000000000000', "
                    + "revision, 'superseded', citizen, province, ward, name, birth_date, sex, facility, kind, category, "
                    + "admitted, discharged, month, main_disease, main_category, outcome, discharge_kind, card_check, "
                    + "benefit_percent, shared_at, received_at, missing, contradictions, overlaps, is_correct, is_complete, "
                    + "is_clean, is_live FROM visit WHERE visit_id = \(visit("current"))",
                ["01890000-0000-7000-8000-000000000000 is no visit of the scenario"]
            ),
            (
                "UPDATE drug SET price = price + 1 WHERE visit_id = (SELECT min(visit_id) FROM drug) AND line = 1",
                [", drug 1, price: expected "]
            ),
            ("DELETE FROM diagnosis WHERE visit_id = \(visit("current")) AND place = 0", [", diagnosis: expected "]),
            (
                "UPDATE result SET value = value || '0' WHERE visit_id = (SELECT min(visit_id) FROM result)",
                [", result 1, value: expected "]
            ),
            (
                "UPDATE person SET visits = visits + 1 WHERE citizen = (SELECT min(citizen) FROM person)",
                [", visits: expected "]
            ),
            ("DELETE FROM person WHERE citizen = (SELECT min(citizen) FROM person)", [", name: is another"]),
            ("DELETE FROM withdrawal", [", withdrawal: expected 2, found nothing"]),
            ("DELETE FROM facility", ["rows of facility (missing) hang on no visit"]),
        ].map { Altered(figure: "warehouseDifferences", file: warehouse, sql: $0.0, words: $0.1) }
        + [
            (
                "UPDATE book_item SET content = (SELECT content FROM book_item WHERE kind = 1 AND position <> "
                    + "(SELECT min(position) FROM book_item WHERE kind = 1) LIMIT 1) WHERE position = "
                    + "(SELECT min(position) FROM book_item WHERE kind = 1)",
                ["book: record ", ", record_id: expected "]
            ),
            (
                "DELETE FROM book_item WHERE position = (SELECT min(position) FROM book_item WHERE kind = 1)",
                [": is not there"]
            ),
            ("DELETE FROM book_item WHERE kind = 2", [" was withdrawn in revision 2"]),
            ("UPDATE book_item SET time = time + 1 WHERE kind = 1", [", authenticated_at: is not when it was decided"]),
            ("UPDATE book_index SET citizen = citizen + 1", [", citizen_number: is another person's"]),
            ("DELETE FROM book_number", ["numbers have another successor than C06 has reported"]),
            ("DELETE FROM book_index", [" rows are in nobody's index"]),
        ].map { Altered(figure: "bookDifferences", file: book, sql: $0.0, words: $0.1) }

    /// Alters a file, of which a copy is kept as it was.
    private static func alter(_ path: String, keeping kept: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        // Everything into the one file, so that a copy of it is the whole.
        try queue.inDatabase { _ = try $0.checkpoint(.truncate) }
        try FileManager.default.copyItem(atPath: path, toPath: kept)
        try queue.write { try $0.execute(sql: sql) }
        try queue.inDatabase { _ = try $0.checkpoint(.truncate) }
        try queue.close()
    }

    @Test(arguments: routes)
    func whatWasAlteredIsFound(route: String) async throws {
        let directory = try TemporaryDirectory()
        let layout = ExchangeLayout(directory.path + "/data")
        let run = try await ProgramRun.of(
            "cycle",
            [
                "run", "everyday-all", "--records", "\(Self.records)", "--data", layout.directory, "--topology", route,
                "--quiet",
            ], in: directory)
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        for text in Self.asked { #expect(run.output.contains("holds   \(text)"), "\(run.output)") }
        let setup = try PartySetup(
            topology: layout.topologyPath, scenario: layout.scenarioPath, records: Self.records)
        func evaluate() throws -> [AssertionReport] {
            try RunEvaluation(layout: layout, setup: setup, statuses: [:])
                .report(RunEnd(startedAt: 0, ending: .settled, hasBegun: true)).assertions.filter {
                    Self.asked.contains($0.text)
                }
        }
        #expect(try evaluate().allSatisfy(\.holds))
        for altered in Self.alterations where route == Self.routes[0] || altered.figure == "bookDifferences" {
            let path = layout.directory + "/" + altered.file
            let kept = path + ".kept"
            try Self.alter(path, keeping: kept, altered.sql)
            let found = try #require(try evaluate().first { $0.text == "\(altered.figure) == 0" })
            #expect(!found.holds, "\(altered.sql)")
            let findings = (found.findings ?? []).joined(separator: "\n")
            for words in altered.words { #expect(findings.contains(words), "\(altered.sql)\n\(findings)") }
            #expect(!findings.contains("NGUYỄN"), "who it is stands nowhere")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: kept, toPath: path)
        }
        #expect(try evaluate().allSatisfy(\.holds))
    }
}
