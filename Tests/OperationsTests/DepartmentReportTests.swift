import Foundation
import ProgramTestSupport
import Testing

/// `cycle report department` after whole runs, on both routes: against the run's own figures, the audit's, and the register
/// that the scenario says.
@Suite(.serialized) struct DepartmentReportTests {
    let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }

    init() throws { directory = try TemporaryDirectory() }

    private struct Report: Decodable {
        struct Row: Decodable { var key: String; var visits, live, correct: Int64 }
        struct Facility: Decodable { var code: String }
        struct Standings: Decodable {
            var registered, connected, electronicRecords, sending: Int64
            var silent: [Facility]
            var unregistered: [String]
        }
        struct Count: Decodable { var facility, code: String; var ever, standing: Int64 }
        struct Refusals: Decodable {
            var ever, standing: Int64; var before: Int64?; var counts: [Count]; var unknown: [String]
        }
        struct Repeats: Decodable {
            struct Row: Decodable { var tests, repeats, known: Int64 }
            var total: Row
        }
        var day: String
        var people, withdrawn, superseded: Int64
        var total: Row
        var before: Row?
        var kinds, senders: [Row]
        var facilities: Standings
        var refusals: Refusals
        var repeats: Repeats
    }

    private struct Reconciled: Decodable { var figures: Audited }

    private struct Audited: Decodable {
        struct Facility: Decodable { var facility: String; var refusals: [String: Int64]; var shared, withdrawn: Int64 }
        var facilities: [Facility]
    }

    private struct Refused: Decodable { var record, facility, code: String; var stands: Bool }

    private func cycle(_ arguments: [String]) async throws -> ProgramRun {
        try await ProgramRun.of("cycle", arguments, in: directory)
    }

    private func answer<Value: Decodable>(_ arguments: [String], as type: Value.Type = Value.self) async throws -> Value
    {
        let run = try await cycle(arguments)
        #expect(run.code == 0, "\(run.errors)")
        return try JSONDecoder().decode(Value.self, from: Data(run.output.utf8))
    }

    @Test(arguments: ["2024-04", "2026-07"]) func everyNumberIsTheTruth(route: String) async throws {
        let run = try await cycle([
            "run", "department", "--records", "900", "--data", data, "--report", "r.json", "--quiet", "--topology",
            BuiltPrograms.topologyFolder + "/\(route).yaml",
        ])
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        let object = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json")))
        let figures = try #require(object as? [String: Any])
        func figure(_ name: String) -> Int64? { (figures[name] as? NSNumber)?.int64Value }
        let ask = ["report", "department", "--data", data]
        let report: Report = try await answer(ask + ["--json"])
        #expect(report.total.visits == figure("shared") && report.withdrawn == figure("withdrawn"))
        #expect(report.kinds.reduce(0) { $0 + $1.visits } == report.total.visits)
        #expect(report.senders.reduce(0) { $0 + $1.visits } == report.total.visits)
        // One in twenty is late, and nothing else is.
        #expect((10...90).contains(report.total.visits - report.total.live))
        #expect(report.total.correct < report.total.visits && report.superseded > 0)

        // What was published, of 1,500 facilities.
        let standings = report.facilities
        #expect((standings.registered, standings.connected, standings.electronicRecords) == (1_500, 1_493, 153))
        let reconciled: Reconciled = try await answer(["audit", "reconcile", data, "--json"])
        let audited = reconciled.figures
        let sent = audited.facilities.filter { $0.shared + $0.withdrawn > 0 || !$0.refusals.isEmpty }.map(\.facility)
        #expect(standings.sending == Int64(sent.count) && standings.unregistered == [])
        #expect(Set(standings.silent.map(\.code)).isDisjoint(with: sent))
        #expect(standings.silent.count == Int(standings.connected) - sent.count)

        // Every refusal, by facility and code, as the leaves have it.
        let counts = Dictionary(grouping: report.refusals.counts, by: \.facility)
            .mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.code, $0.ever) }) }
        let wanted = audited.facilities.filter { !$0.refusals.isEmpty }
        #expect(counts == Dictionary(uniqueKeysWithValues: wanted.map { ($0.facility, $0.refusals) }))
        #expect(
            report.refusals.ever == counts.values.reduce(0) { $0 + $1.values.reduce(0, +) } && report.refusals.ever > 0)
        #expect(report.refusals.unknown == [])
        let standing = Dictionary(grouping: report.refusals.counts, by: \.code)
            .mapValues { $0.reduce(0) { $0 + $1.standing } }.filter { $0.value > 0 }
        #expect(standing == (figures["refusedByReason"] as? [String: NSNumber])?.mapValues(\.int64Value))

        // The records behind a number.
        let most = try #require(report.refusals.counts.max { $0.ever < $1.ever })
        let refused: [Refused] = try await answer(
            ["report", "refused", "--data", data, "--code", most.code, "--of", most.facility, "--json"])
        #expect(refused.count == Int(most.ever) && refused.count { $0.stands } == Int(most.standing))
        #expect(refused.allSatisfy { $0.facility == most.facility && $0.code == most.code })

        try await expectOtherMonthsAndForms(report, ask)
    }

    private func expectOtherMonthsAndForms(_ report: Report, _ ask: [String]) async throws {
        // Nobody came in a month long past, nor on a day.
        let past: Report = try await answer(ask + ["--month", "2020-01", "--day", "2020-01-31", "--json"])
        #expect(
            past.total.visits == 0 && past.before?.visits == 0 && past.refusals.ever == 0 && past.refusals.before == 0)
        #expect(past.facilities.sending == 0 && past.facilities.silent.count == 1_493)
        // The provinces add up to the whole.
        let hanoi: Report = try await answer(ask + ["--province", "01", "--json"])
        #expect(hanoi.total.visits > 0 && hanoi.total.visits < report.total.visits)
        #expect(hanoi.facilities.registered < 1_500 && hanoi.refusals.ever < report.refusals.ever)

        let csv = try await cycle(ask + ["--csv"])
        let lines = csv.output.components(separatedBy: "\r\n")
        #expect(lines[0] == "section,key,title,figure,value")
        #expect(lines.contains("visits,all,,visits,\(report.total.visits)"))
        #expect(lines.contains("facilities,,,electronic-records,153"))
        #expect(lines.count { $0.hasPrefix("silent,") } == report.facilities.silent.count)
        let text = try await cycle(ask)
        #expect(text.output.contains("facilities connected  1493 of 1500, 99.5 %"), "\(text.output)")
        #expect(text.output.contains("residents with a book  not counted"))
        let page = directory.path + "/report.html"
        #expect(try await cycle(ask + ["-o", page]).code == 0)
        let html = String(decoding: try Data(contentsOf: URL(fileURLWithPath: page)), as: UTF8.self)
        #expect(html.contains("1\u{202F}493 of 1\u{202F}500") && html.contains("Refusals by facility"))
        #expect(!html.contains("http://") || html.components(separatedBy: "http://").count == 2, "nothing from outside")

        for (options, code) in [
            (["--month", "2026-13"], Int32(64)), (["--days", "0"], 64), (["--csv", "--json"], 64),
            (["--day", "yesterday"], 2), (["--province", "02"], 2),
        ] {
            let wrong = try await cycle(ask + options)
            #expect(wrong.code == code, "\(options): \(wrong.errors)")
        }
    }
}
