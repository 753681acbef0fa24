import Foundation
import GRDB
import ProgramTestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A facility's envelope of health checks, through an exchange that runs, into the citizen's book and the province's warehouse.
@Suite struct HealthCheckTests {
    private static let file = BuiltPrograms.topologyFolder + "/people/checkups.xml"
    private static let patient = "001180000101"

    /// What the file says of each: `<!-- SK0001: …: shared -->`.
    private static func expected() throws -> [(number: String, outcome: String)] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("<!-- SK") }.map { line in
                let parts = line.replacing("<!--", with: "").replacing("-->", with: "").split(separator: ":")
                    .map { $0.trimmingCharacters(in: .whitespaces) }
                return (try #require(parts.first), try #require(parts.last))
            }
    }

    @Test(arguments: ["2024-04", "2026-07"]) func anEnvelopeBecomesEntriesOfBookAndWarehouse(route: String) async throws
    {
        let exchange = try await PeopleExchange(route: route)
        let sent = try await exchange.run("facility", "checkup", Self.file, "--facility", "01999", "--wait", "60")
        #expect(
            sent.code == 1 && sent.lines.first?.hasSuffix("XML; content nested; dates 3176; numbering annex") == true)
        for (number, wanted) in try Self.expected() {
            let line = sent.lines.first { $0.hasPrefix(number) }
            let outcome = line?.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
            #expect(
                outcome.split(separator: ":").first?.trimmingCharacters(in: .whitespaces) == wanted, "\(sent.lines)")
        }
        #expect(
            sent.lines.contains("6 sound health checks: 2 shared, 4 refused, 0 without an answer"), "\(sent.lines)")

        try await Self.changes(exchange)
        try await Self.badFiles(exchange)
        try await Self.book(exchange)
        try await Self.history(exchange)
        try await Self.warehouse(exchange)
        try await exchange.expectGoodEnd()
    }

    /// The same again has no effect; other contents are a conflict until they are an amendment; what is withdrawn is gone.
    private static func changes(_ exchange: PeopleExchange) async throws {
        let again = try await exchange.run("facility", "checkup", file, "--facility", "01999")
        #expect(again.lines.count { $0.hasSuffix("  shared already") } == 2, "\(again.lines)")
        let changed = try exchange.changed(file, to: "changed.xml") {
            $0.replacing("<PHAN_LOAI_SK>2</PHAN_LOAI_SK></KET_LUAN>", with: "<PHAN_LOAI_SK>3</PHAN_LOAI_SK></KET_LUAN>")
        }
        let conflict = try await exchange.run("facility", "checkup", changed, "--facility", "01999")
        #expect(
            conflict.lines.contains {
                $0.hasPrefix("SK0001") && $0.contains("conflict, not sent: revision 1")
                    && $0.hasSuffix("facility checkup --amend")
            }, "\(conflict.lines)")
        let amended = try await exchange.run("facility", "checkup", changed, "--facility", "01999", "--amend")
        #expect(amended.lines.contains { $0.hasSuffix("amended: sent as revision 2") }, "\(amended.lines)")
        try exchange.killMoH()
        let shared = try await exchange.run(
            "facility", "checkup", changed, "--facility", "01999", "--amend", "--wait", "60")
        #expect(shared.lines.contains { $0.hasPrefix("SK0001") && $0.hasSuffix("  shared already") }, "\(shared.lines)")
        let gone = try await exchange.run(
            "facility", "withdraw", "SK0004", "--facility", "01999", "--reason", "Nhầm người")
        #expect(gone.code == 0 && gone.lines[0].contains("withdrawn as revision 2, out of the book"), "\(gone.lines)")
    }

    /// A bad record is named and keeps back itself alone; a reading that is not wanted is named; what is no envelope sends nothing.
    private static func badFiles(_ exchange: PeopleExchange) async throws {
        let bad = try exchange.changed(file, to: "bad.xml") {
            $0.replacing("<MA_LK>SK0001</MA_LK>", with: "<MA_LK>SK0011</MA_LK>")
                .replacing("<NGAY_VAO>202611200910</NGAY_VAO>", with: "<NGAY_VAO>31022026</NGAY_VAO>")
        }
        let kept = try await exchange.run("facility", "checkup", bad, "--facility", "01999", "--wait", "60")
        #expect(kept.code == 1)
        #expect(
            kept.lines.contains {
                $0.contains("record 1 (MA_LK SK0011): table XML2, field NGAY_VAO: \"31022026\" is not")
            },
            "\(kept.lines)")
        #expect(kept.lines.contains { $0.contains("; 1 kept back") }, "\(kept.lines)")
        let other = try await exchange.run("facility", "checkup", file, "--facility", "01999", "--dates", "iso")
        #expect(other.code == 1 && other.lines.contains { $0.hasSuffix("none of them sound; nothing sent") })
        #expect(other.lines.contains { $0.contains("is written as 3176; accepted is iso") }, "\(other.lines)")
        let elsewhere = try await exchange.run("facility", "checkup", file, "--facility", "01998")
        #expect(elsewhere.lines.contains { $0.contains("\"01999\" is not the facility that sends, 01998") })
        let none = try await exchange.run(
            "facility", "checkup", BuiltPrograms.topologyFolder + "/people/patients.csv", "--facility", "01999")
        #expect(none.code == 2, "\(none.lines)")
        let usage = try await ProgramRun.of(
            "facility", ["checkup", file, "--facility", "01999", "--content", "folded"], in: exchange.directory)
        #expect(usage.code == 64, "\(usage.errors)")
    }

    private struct Book: Decodable {
        struct Field: Decodable { var name, value: String }
        struct Source: Decodable { var revision: Int }
        struct Line: Decodable { var value: String }
        struct Check: Decodable {
            var fields: [Field]
            var results: [Line]
            var sources: [Source]
        }
        struct Past: Decodable {
            var state: String
            var healthCheck: Check?
        }
        var healthChecks: [Check]
        var past: [Past]?
    }

    private static func book(_ exchange: PeopleExchange) async throws {
        let json = try await exchange.run("cycle", "book", patient, "--purpose", "kiểm tra", "--history", "--json")
        let text = json.lines.joined(separator: "\n")
        struct Shown: Decodable { var book: Book }
        let book = try JSONDecoder().decode(Shown.self, from: Data(text.utf8)).book
        #expect(book.healthChecks.count == 1 && book.healthChecks[0].sources.map(\.revision) == [2], "\(text)")
        #expect(book.healthChecks[0].fields.contains { $0.name == "XML12.PHAN_LOAI_SK" && $0.value == "3: trung bình" })
        #expect(book.healthChecks[0].results.map(\.value) == ["5.2 mmol/L; Bình thường"])
        #expect(book.past?.compactMap(\.healthCheck).count == 1)
        let page = exchange.directory.path + "/book.html"
        _ = try await exchange.run("cycle", "book", patient, "--purpose", "kiểm tra", "--history", "-o", page)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("Khám sức khỏe") && html.contains("118/76"))
        #expect(XMLParser(data: Data(html.utf8)).parse(), "the page is well-formed")
        let history = try await exchange.run("cycle", "book", "001199000108", "--purpose", "kiểm tra", "--history")
        #expect(history.lines.contains { $0.contains("Nhầm người") }, "\(history.lines)")
    }

    /// Another facility that examines the person is told of the first one's, and not who examined there.
    private static func history(_ exchange: PeopleExchange) async throws {
        let other = try exchange.changed(file, to: "other.xml") {
            $0.replacing("<MA_CSKCB>01999</MA_CSKCB>", with: "<MA_CSKCB>01998</MA_CSKCB>")
                .replacing("<MA_LK>SK", with: "<MA_LK>KX").replacing("202611200910", with: "202611230910")
        }
        let sent = try await exchange.run("facility", "checkup", other, "--facility", "01998", "--wait", "60")
        #expect(sent.lines.contains { $0.hasPrefix("KX0001") && $0.hasSuffix("  shared") }, "\(sent.lines)")
        let told = try await exchange.run("facility", "history", patient, "--facility", "01998", "--purpose", "khám")
        #expect(told.code == 0 && told.lines.contains { $0.contains("KHÁM SỨC KHỎE") }, "\(told.lines)")
        #expect(told.lines.contains { $0.contains("3: trung bình") } && !told.lines.contains { $0.contains("BS NỘI") })
    }

    private static func warehouse(_ exchange: PeopleExchange) async throws {
        // What people read of a locality is written after its batch.
        let wanted = [
            "01998 current 1", "01998 current 2", "01999 current 3", "01999 superseded 2", "01999 withdrawn 1",
        ]
        try await FileWatch.until(
            "the warehouse has them", in: exchange.directory.path, of: [exchange.program], openFiles: true
        ) {
            try exchange.readWarehouse {
                try String.fetchAll(
                    $0,
                    sql: """
                        SELECT facility || ' ' || standing || ' ' || health_class FROM visit JOIN health_check USING (visit_id)
                          WHERE kind = 'health-check' ORDER BY 1
                        """)
            } == wanted
        }
        let report = try await exchange.run("cycle", "warehouse", "01", "report", "--by", "kind", "--csv")
        #expect(report.lines.joined().contains("kind,health-check,,3,"), "\(report.lines)")
    }
}
