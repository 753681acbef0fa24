import Foundation
import PartyCore
import PartyStore
import ProgramTestSupport
import Supervision
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Two hospitals have a visit of one patient, and one asks for the other's, in an exchange that runs.
@Suite struct SharedHistoryTests {
    private struct Answer: Decodable {
        struct Visit: Decodable {
            struct Source: Decodable { var facilityCode, record: String }
            var sources: [Source]
        }
        struct Refusal: Decodable { var code: String }
        var request, citizen, facilityCode: String
        var refusal: Refusal?
        var visits: [Visit]
    }

    private static let patient = "001180000101"
    private static let visits = BuiltPrograms.topologyFolder + "/people/visits.xml"

    /// The answer comes although MoH is killed with the request before it; it is written down wherever it must be, and the
    /// evidence of it holds.
    @Test(arguments: ["2024-04", "2026-07"]) func theAnswerComesAlthoughMoHIsKilled(route: String) async throws {
        let directory = try TemporaryDirectory()
        let layout = ExchangeLayout(directory.path + "/data")
        let people = BuiltPrograms.topologyFolder + "/people/patients.csv"
        let exchange = try ProgramRun.start(
            "cycle",
            [
                "up", "--topology", "\(BuiltPrograms.topologyFolder)/\(route).yaml", "--people", people,
                "--only-these-people", "--data", layout.directory,
            ], in: directory)
        _ = try await exchange.brokerAddress()
        // What reads evidence takes the directory as an argument.
        func run(_ name: String, _ arguments: String...) async throws -> ProgramRun {
            let place = arguments.contains(layout.directory) ? [] : ["--data", layout.directory]
            return try await ProgramRun.of(name, arguments + place, in: directory)
        }

        let other = directory.path + "/other.xml"
        try RewrittenEnvelope.write(
            Self.visits, to: other, head: { $0.replacing("<MACSKCB>01999<", with: "<MACSKCB>01998<") },
            { $0.replacing("<MA_CSKCB>01999<", with: "<MA_CSKCB>01998<").replacing("PX00", with: "PY00") })
        for file in [Self.visits, other] {
            let submitted = try await run("facility", "submit", file, "--wait", "60")
            #expect(submitted.output.contains("0 without an answer"), "\(submitted.output)\(submitted.errors)")
        }

        let facility = layout.partyDirectory("facility")
        let commands: @Sendable () throws -> Int64 = {
            try StoreInspection(directory: facility).progress.books.figures.commands
        }
        let before = try commands()
        let ministry = try #require(try layout.record()?.processes["moh"])
        #expect(kill(ministry, SIGSTOP) == 0)
        let asking = try ProgramRun.start(
            "facility",
            [
                "history", Self.patient, "--facility", "01998", "--purpose", "khám lại", "--officer", "BS. Trần Thị B",
                "--json", "--data", layout.directory,
            ], in: directory)
        try await FileWatch.until("the request is sent", in: directory.path, of: [exchange, asking]) {
            try commands() > before
        }
        #expect(kill(ministry, SIGKILL) == 0)
        let asked = await asking.finish()
        #expect(asked.code == 0, "\(asked.output)\(asked.errors)")
        let answer = try JSONDecoder().decode(Answer.self, from: Data(asked.output.utf8))
        #expect(answer.citizen == Self.patient && answer.facilityCode == "01998" && answer.refusal == nil)
        #expect(answer.visits.flatMap(\.sources).map(\.facilityCode) == ["01999"])

        try await Self.expectRefusals(run)
        let page = directory.path + "/history.html"
        let again = try await run("facility", "history", "--request", answer.request, "-o", page)
        #expect(again.code == 0 && again.output.isEmpty, "\(again.errors)")
        let html = String(decoding: try Data(contentsOf: URL(fileURLWithPath: page)), as: UTF8.self)
        #expect(html.contains("01999") && XMLParser(data: Data(html.utf8)).parse() && !html.contains("<script"))

        let book = try await run("cycle", "book", Self.patient, "--purpose", "kiểm tra")
        let looks = book.output.split(separator: "\n").filter { $0.contains("facility 01998, BS. Trần Thị B") }
        #expect(
            looks.count == 1 && looks[0].contains("history, 1 visits of other facilities: khám lại"),
            "\(book.output)\(book.errors)")
        #expect(book.output.contains("history, refused moh.not-its-patient: tò mò"), "\(book.output)")

        _ = try await run("cycle", "down")
        #expect(await exchange.finish().code == 0)
        try await Self.expectEvidence(answer.request, run, layout)
    }

    private static func expectRefusals(
        _ run: (String, String...) async throws -> ProgramRun
    ) async throws {
        for (number, facility, code) in [
            (patient, "48013", "moh.not-its-patient"), ("001099000001", "01998", "moh.person-unknown"),
        ] {
            let refused = try await run("facility", "history", number, "--facility", facility, "--purpose", "tò mò")
            #expect(refused.code == 1 && refused.errors.contains(code), "\(refused.output)\(refused.errors)")
            #expect(!refused.errors.contains(number))
        }
        let malformed = try await run("facility", "history", "12", "--facility", "01998", "--purpose", "x")
        #expect(malformed.code == 2 && malformed.errors.contains("no citizen number"), "\(malformed.errors)")
        let unknown = try await run("facility", "history", "--request", "0a0a0a0a-0a0a-8a0a-8a0a-0a0a0a0a0a0a")
        #expect(unknown.code == 2 && unknown.errors.contains("no such request"), "\(unknown.errors)")
        #expect(try await run("facility", "history", patient, "--facility", "01998", "--purpose", " ").code == 64)
    }

    /// Journals, auditor and rerun of the exchange at rest.
    private static func expectEvidence(
        _ request: String, _ run: (String, String...) async throws -> ProgramRun, _ layout: ExchangeLayout
    ) async throws {
        for check in ["verify", "reconcile"] {
            let checked = try await run("cycle", "audit", check, layout.directory)
            #expect(checked.code == 0, "\(check): \(checked.output)\(checked.errors)")
        }
        let trace = try await run("cycle", "audit", "trace", request, "--purpose", "a test")
        let steps = trace.output.split(separator: "\n").dropFirst().map {
            $0.split(separator: " ", omittingEmptySubsequences: true).dropFirst(2).prefix(3).joined(separator: " ")
        }
        #expect(
            steps == [
                "facility sends historyRequest", "moh receives historyRequest:", "moh sends sharedHistory",
                "facility receives sharedHistory:",
            ], "\(trace.output)\(trace.errors)")
        let access = try await run("cycle", "audit", "access")
        let lines = access.output.split(separator: "\n").filter { $0.contains(request) && $0.contains("  history  ") }
        #expect(lines.count == 1 && lines[0].contains("facility 01998, BS. Trần Thị B  history"), "\(access.output)")
        #expect(
            lines[0].contains("(khám lại)") && access.output.contains("(tò mò)") && !access.output.contains(patient))
        let rerun = try await run("cycle", "replay", "--rerun", "moh", layout.directory)
        #expect(rerun.code == 0 && rerun.output.contains("same outcome"), "\(rerun.output)\(rerun.errors)")
        for party in layout.parties {
            let ledger = try StoreInspection(directory: layout.partyDirectory(party)).progress.ledger
            #expect(ledger.conserves && ledger.pending == 0, "\(party): \(ledger)")
        }
        #expect(try layout.errorLines() == [])

        // Of an erased patient neither who asked nor why is left at the auditor; in the book, nothing.
        let erased = try await run("cycle", "audit", "erase", patient, "--order", "QĐ 1", "--purpose", "yêu cầu")
        #expect(erased.code == 0, "\(erased.output)\(erased.errors)")
        let after = try await run("cycle", "audit", "access")
        #expect(!after.output.contains("khám lại") && after.output.contains("moh.") == false, "\(after.output)")
        let verified = try await run("cycle", "audit", "verify", layout.directory)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }
}
