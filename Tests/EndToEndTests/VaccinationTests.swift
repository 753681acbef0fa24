import Composition
import Foundation
import GRDB
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing
import Topology
import WarehouseStore

@testable import Registers

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A facility's file of vaccinations, through an exchange that runs, into the citizen's book and the province's warehouse.
@Suite struct VaccinationTests {
    private static let file = BuiltPrograms.topologyFolder + "/people/vaccinations.csv"
    private static let patient = "001180000101"

    @Test(arguments: ["2024-04", "2026-07"]) func aFileBecomesEntriesOfBookAndWarehouse(route: String) async throws {
        let exchange = try await PeopleExchange(route: route)
        let vaccinate = try await exchange.run(
            "facility", "vaccinate", Self.file, "--facility", "01999", "--wait", "60")
        #expect(vaccinate.code == 1)
        var rows = try RegisterFile.open(Self.file, VaccinationColumn.self)
        while let row = try rows.next() {
            let line = vaccinate.lines.first { $0.hasPrefix(row[.number]) }
            let outcome = line?.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
            #expect(
                outcome.split(separator: ":").first?.trimmingCharacters(in: .whitespaces) == row[.expected],
                "\(vaccinate.lines)")
        }
        #expect(
            vaccinate.lines.contains("6 vaccinations: 2 shared, 4 refused, 0 without an answer"), "\(vaccinate.lines)")

        try await Self.changes(exchange)
        try await Self.badFiles(exchange)
        try await Self.book(exchange)
        try await Self.history(exchange)
        try await Self.warehouse(exchange)

        try await exchange.expectGoodEnd()
    }

    /// The same again has no effect; other contents are a conflict until they are an amendment; what is withdrawn is gone.
    private static func changes(_ exchange: PeopleExchange) async throws {
        let again = try await exchange.run("facility", "vaccinate", file, "--facility", "01999")
        #expect(again.lines.count { $0.hasSuffix("  shared already") } == 2, "\(again.lines)")
        let changed = try exchange.changed(file, to: "changed.csv") {
            $0.replacing("0199900001,,,\"an adult", with: "0199900001,,Đau chỗ tiêm,\"an adult")
        }
        let conflict = try await exchange.run("facility", "vaccinate", changed, "--facility", "01999")
        #expect(
            conflict.lines.contains {
                $0.hasPrefix("TC0001") && $0.contains("conflict, not sent: revision 1")
                    && $0.hasSuffix("facility vaccinate --amend")
            }, "\(conflict.lines)")
        let back = try await exchange.run(
            "facility", "vaccinate", changed, "--facility", "01999", "--amend", "--revision", "3")
        #expect(back.lines.contains { $0.contains("so that the next one is 2") }, "\(back.lines)")
        let sent = try await exchange.run("facility", "vaccinate", changed, "--facility", "01999", "--amend")
        #expect(sent.lines.contains { $0.hasSuffix("amended: sent as revision 2") }, "\(sent.lines)")
        try exchange.killMoH()
        let shared = try await exchange.run(
            "facility", "vaccinate", changed, "--facility", "01999", "--amend", "--wait", "60")
        #expect(
            shared.lines.contains { $0.hasPrefix("TC0001") && $0.hasSuffix("  shared already") }, "\(shared.lines)")
        let gone = try await exchange.run(
            "facility", "withdraw", "TC0004", "--facility", "01999", "--reason", "Nhầm người")
        #expect(gone.code == 0 && gone.lines[0].contains("withdrawn as revision 2, out of the book"), "\(gone.lines)")
        let never = try await exchange.run("facility", "vaccinate", changed, "--facility", "01998", "--amend")
        #expect(
            never.lines.contains { $0.hasSuffix("01998 has never sent it; send it with facility vaccinate") },
            "\(never.lines)")
    }

    /// Every problem is named, and nothing of the file is sent.
    private static func badFiles(_ exchange: PeopleExchange) async throws {
        let bad = try exchange.changed(file, to: "bad.csv") {
            $0.replacing("TC0002", with: "TC0001").replacing("2026-11-22 15:30", with: "2026-11-32 15:30")
                .replacing("TC0006", with: "TC0016")
        }
        let refused = try await exchange.run("facility", "vaccinate", bad, "--facility", "01999")
        #expect(refused.code == 1)
        for words in [
            "bad.csv:3: number \"TC0001\": the number stands on line 2 as well",
            "bad.csv:6: given \"2026-11-32 15:30\": a time is written", "bad.csv: 2 problems; nothing sent",
        ] {
            #expect(refused.lines.contains { $0.contains(words) }, "\(refused.lines)")
        }
        let unsent = try await exchange.run(
            "facility", "withdraw", "TC0016", "--facility", "01999", "--reason", "Thử")
        #expect(unsent.lines[0].contains("has never sent it"), "\(unsent.lines)")
        let missing = try await exchange.run("facility", "vaccinate", "/none.csv", "--facility", "01999")
        #expect(missing.code == 2 && missing.lines[0].contains("cannot read /none.csv"), "\(missing.lines)")
        for wrong in [["--facility", "1"], ["--facility", "01999", "--revision", "2"]] {
            let usage = try await ProgramRun.of("facility", ["vaccinate", file] + wrong, in: exchange.directory)
            #expect(usage.code == 64, "\(usage.errors)")
        }
    }

    private struct Book: Decodable {
        struct Field: Decodable { var name, value: String }
        struct Source: Decodable { var revision: Int }
        struct Dose: Decodable {
            var fields: [Field]
            var sources: [Source]
        }
        struct Past: Decodable {
            var state: String
            var vaccination: Dose?
        }
        var vaccinations: [Dose]
        var past: [Past]?
    }

    private static func book(_ exchange: PeopleExchange) async throws {
        let look = ["book", patient, "--purpose", "kiểm tra", "--history"]
        let json = try await exchange.run("cycle", look[0], look[1], look[2], look[3], look[4], "--json")
        let text = json.lines.joined(separator: "\n")
        struct Shown: Decodable { var book: Book }
        let book = try JSONDecoder().decode(Shown.self, from: Data(text.utf8)).book
        #expect(book.vaccinations.count == 1 && book.vaccinations[0].sources.map(\.revision) == [2], "\(text)")
        #expect(book.vaccinations[0].fields.contains { $0.name == "PHAN_UNG" && $0.value == "Đau chỗ tiêm" })
        #expect(book.past?.compactMap(\.vaccination).count == 1)
        let page = exchange.directory.path + "/book.html"
        _ = try await exchange.run("cycle", look[0], look[1], look[2], look[3], look[4], "-o", page)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("Tiêm chủng") && html.contains("Vắc xin cúm mùa"))
        #expect(XMLParser(data: Data(html.utf8)).parse(), "the page is well-formed")
        let withdrawn = try await exchange.run("cycle", "book", "001199000108", "--purpose", "kiểm tra")
        #expect(!withdrawn.lines.contains { $0.contains("uốn ván") }, "\(withdrawn.lines)")
        let history = try await exchange.run("cycle", "book", "001199000108", "--purpose", "kiểm tra", "--history")
        #expect(history.lines.contains { $0.contains("Nhầm người") }, "\(history.lines)")
    }

    /// Another facility that vaccinates the person is told of the first one's.
    private static func history(_ exchange: PeopleExchange) async throws {
        let other = exchange.directory.path + "/other.jsonl"
        let row = """
            {"number":"X-1","citizenNumber":"001180000101","fullName":"TRẦN THỊ HAI THẺ","birthDate":"1980-05-04","sex":"2",\
            "province":"01","vaccine":"VX-UV","dose":1,"given":"2026-11-23"}
            """
        try Data(row.utf8).write(to: URL(fileURLWithPath: other))
        let sent = try await exchange.run("facility", "vaccinate", other, "--facility", "01998", "--wait", "60")
        #expect(sent.code == 0, "\(sent.lines)")
        let told = try await exchange.run(
            "facility", "history", patient, "--facility", "01998", "--purpose", "tiêm mũi sau")
        #expect(told.code == 0 && told.lines.contains { $0.contains("TIÊM CHỦNG") }, "\(told.lines)")
        #expect(told.lines.contains { $0.contains("Vắc xin cúm mùa") }, "\(told.lines)")
        #expect(!told.lines.contains { $0.contains("VX-UV") || $0.contains("0199900001") }, "its own, and who gave it")
    }

    private static func warehouse(_ exchange: PeopleExchange) async throws {
        // What people read of a locality is written after its batch.
        let wanted = ["current VX-CUM", "current VX-UV", "superseded VX-CUM", "withdrawn VX-UV"]
        try await FileWatch.until(
            "the warehouse has them", in: exchange.directory.path, of: [exchange.program], openFiles: true
        ) {
            try exchange.readWarehouse {
                try String.fetchAll(
                    $0,
                    sql: """
                        SELECT standing || ' ' || vaccine FROM visit JOIN vaccination USING (visit_id)
                          WHERE kind = 'vaccination' ORDER BY 1
                        """)
            } == wanted
        }
        let report = try await exchange.run("cycle", "warehouse", "01", "report", "--by", "kind", "--csv")
        #expect(report.lines.joined().contains("kind,vaccination,,2,"), "\(report.lines)")
        let behind = try await exchange.run(
            "cycle", "warehouse", "01", "records", "--measure", "visits", "--by", "kind", "--of", "vaccination")
        #expect(behind.code == 0 && behind.lines.count >= 2, "\(behind.lines)")
    }
}
