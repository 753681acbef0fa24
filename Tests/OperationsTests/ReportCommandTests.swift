import Foundation
import ProgramTestSupport
import Testing

/// `cycle audit reconcile` and `cycle audit report` on the data of whole runs.
@Suite(.serialized) struct ReportCommandTests {
    let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }

    init() throws { directory = try TemporaryDirectory() }

    private func cycle(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.of("cycle", arguments, in: directory)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func run(_ scenario: String, _ records: String) async throws -> [String: Any] {
        let run = try await cycle(
            "run", scenario, "--records", records, "--data", data, "--report", "r.json", "--quiet")
        let report = try String(contentsOfFile: directory.path + "/r.json", encoding: .utf8)
        #expect(run.output.contains("root"), "\(run.errors)")
        return try object(report)
    }

    /// The figures of the leaves are those that the run has counted by itself.
    private func expectSame(_ figures: [String: Any], as run: [String: Any]) throws {
        func whole(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }
        let parties = try #require(figures["parties"] as? [[String: Any]])
        let facility = try #require(parties.first { $0["role"] as? String == "facility" })
        for name in ["submitted", "refused", "pending"] {
            #expect(whole(facility[name]) == whole(run[name]), "\(name)")
        }
        let locality = try #require(parties.first { $0["role"] as? String == "locality" })
        #expect(whole(locality["shared"]) == whole(run["shared"]))
        let c06 = try #require(parties.first { $0["role"] as? String == "c06" })
        #expect(whole(c06["held"]) == whole(run["held"]))
        let quality = try #require(figures["quality"] as? [String: Any])
        for name in ["resubmitted", "corrected", "wrongMatches", "deadLetters"] {
            #expect(whole(quality[name]) == whole(run[name]), "\(name)")
        }
        #expect(whole(quality["copies"]) == whole(run["duplicatesIgnored"]))
        let reasons = try #require(figures["reasons"] as? [[String: Any]])
        var standing: [String: Int64] = [:]
        for reason in reasons where whole(reason["standing"]) != 0 {
            standing[reason["code"] as? String ?? ""] = whole(reason["standing"])
        }
        #expect(standing == (run["refusedByReason"] as? [String: NSNumber])?.mapValues(\.int64Value))
        let facilities = try #require(figures["facilities"] as? [[String: Any]])
        for name in ["submitted", "refused", "pending"] {
            #expect(facilities.compactMap { whole($0[name]) }.reduce(0, +) == whole(run[name]), "\(name) by facility")
        }
    }

    @Test(arguments: [("everyday", "300"), ("refusals", "200"), ("identity-traps", "200"), ("april-2024", "150")])
    func figuresOfTheLeavesAreThoseOfTheRun(scenario: String, records: String) async throws {
        let run = try await run(scenario, records)
        let reconciled = try await cycle("audit", "reconcile", data, "--json")
        #expect(reconciled.code == 0, "\(reconciled.output)\(reconciled.errors)")
        try await expectVerdict(of: scenario, run)
        let found = try object(reconciled.output)
        try expectSame(try #require(found["figures"] as? [String: Any]), as: run)
        #expect((found["violations"] as? [String]) == [] && (found["disagreements"] as? [Any])?.isEmpty == true)
    }

    /// What the page says at its top follows from what the run has counted.
    private func expectVerdict(of scenario: String, _ run: [String: Any]) async throws {
        let language = scenario == "april-2024" ? "vi" : "en"
        let report = try await cycle("audit", "report", data, "-o", "v.html", "--json", "--language", language)
        #expect(report.code == 0, "\(report.errors)")
        #expect(try ReportSchema("audit-report").findings(Data(report.output.utf8)) == [])
        let verdict = try #require(try object(report.output)["verdict"] as? [String: Any])
        let causes = try #require(verdict["causes"] as? [[String: Any]])
        let wrong = (run["wrongMatches"] as? NSNumber)?.int64Value ?? 0
        let held = (run["held"] as? NSNumber)?.int64Value ?? 0
        let expected = (wrong > 0 ? ["wrongBook"] : []) + (held > 0 ? ["heldByAgreement"] : [])
        #expect(causes.map { $0["kind"] as? String } == expected, "\(causes)")
        #expect(verdict["level"] as? String == (wrong > 0 ? "red" : held > 0 ? "amber" : "green"))
        let page = try String(contentsOfFile: directory.path + "/v.html", encoding: .utf8)
        for cause in causes {
            let sentence = try #require((cause["sentence"] as? [String: String])?[language])
            #expect(page.contains(sentence), "\(sentence)")
        }
        guard held > 0 else { return }
        #expect(scenario != "april-2024" || causes.count == 1)
        #expect(
            (causes.last?["count"] as? NSNumber)?.int64Value == held && causes.last?["unsigned"] as? [String] == ["vss"]
        )
        // Ages run to the time of the report, a day later here: then it is also too late.
        let later = try await cycle("audit", "report", data, "--json", "--ages-to", "2099-01-01T00:00:00Z")
        let levels = try #require(
            (try object(later.output)["verdict"] as? [String: Any])?["causes"] as? [[String: Any]])
        #expect(
            levels.contains { $0["service"] as? String == "answer" && ($0["open"] as? NSNumber)?.int64Value == held })
    }

    @Test func aReportIsBoundToItsCheckpoints() async throws {
        _ = try await run("everyday", "300")
        let first = try await cycle("audit", "report", data, "-o", "one.html", "--json")
        #expect(first.code == 0 && first.errors == "", "\(first.errors)")
        let latest = try object(first.output)
        #expect(latest["holds"] as? Bool == true)
        let name = try #require(latest["checkpoint"] as? String)
        let verdict = try #require(latest["verdict"] as? [String: Any])
        let time = try #require(verdict["time"] as? NSNumber)
        let again = try await cycle(
            "audit", "report", data, "-o", "two.html", "--json", "--at", name, "--ages-to", "\(time)")
        #expect(again.output == first.output, "the checkpoint and the time that the page names give the same figures")
        let one = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/one.html"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path + "/two.html")) == one)
        let page = String(decoding: one, as: UTF8.self)
        let bindings = try #require(latest["bindings"] as? [[String: Any]])
        #expect(bindings.count == 5)
        #expect(bindings.allSatisfy { page.contains($0["root"] as? String ?? "?") })
        #expect(
            page.contains(String(try #require(name.split(separator: ":").last))) && page.contains("--ages-to \(time)"))
        // The auditor's own log stands on the page, and nothing is counted from it.
        let auditor = try #require(latest["auditor"] as? [String: Any])
        #expect(auditor["party"] as? String == "auditor" && page.contains(auditor["root"] as? String ?? "?"))

        let note = try await cycle("audit", "report", data, "--json", "--at", data + "/evidence/locality.checkpoint")
        #expect(note.code == 0 && note.output.contains("\"bindings\""), "\(note.errors)")
    }

    @Test func badInputIsOneLineAndNoPage() async throws {
        _ = try await run("clean", "20")
        for (arguments, word) in [
            (["report", data, "-o", "x.html", "--at", "moh:1"], "no checkpoint of 1 leaves"),
            (["report", data, "-o", "x.html", "--at", "nobody:1"], "there is no party nobody"),
            (["report", data, "-o", "x.html", "--at", "nowhere"], "is no checkpoint"),
            (["report", data, "-o", "x.html", "--at", data + "/topology.yaml"], "not one of this exchange"),
            (["report", data, "-o", directory.path + "/no/x.html"], "cannot write"),
            (["reconcile", data, "--at", "yesterday"], "is no time"),
            (["report", data, "-o", "x.html", "--ages-to", "yesterday"], "is no time"),
            (["reconcile", directory.path], "holds no exchange"),
        ] {
            let run = try await ProgramRun.of("cycle", ["audit"] + arguments, in: directory)
            #expect(run.code == 2 && run.output == "", "\(arguments)")
            #expect(run.errors.split(separator: "\n").count == 1 && run.errors.contains(word), "\(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/x.html"))
        // Ages go by the time that is asked for.
        let later = try await cycle("audit", "reconcile", data, "--at", "2099-01-01T00:00:00Z")
        #expect(later.code == 0 && later.output.contains("2099-01-01T00:00:00.000Z"))
    }
}
