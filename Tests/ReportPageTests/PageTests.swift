import Audit
import Foundation
import Testing
import Topology

@testable import ReportPage

/// The page itself: well-formed, escaped, and the same for the same data.
@Suite struct PageTests {
    @Test func isWellFormedAndHasEverySection() throws {
        let reader = try PageReader.read(ReportPage(.sample()).html)
        #expect(reader.elements["section"] == 10 && reader.unnamedSections == 0)
        #expect(reader.elements["h1"] == 1 && reader.elements["main"] == 1)
        #expect(reader.elements["table"] == reader.elements["caption"])
        // Every picture that says something has a title and a description.
        #expect(reader.elements["desc"] == 3 && reader.elements["svg"].map { $0 > 3 } == true)
        #expect(reader.text.contains("Sổ sức khỏe điện tử") && reader.text.contains("All evidence holds"))
        #expect(reader.text.contains("root0123") && reader.text.contains("moh:40"))
        // The auditor's own log, and what it saw.
        #expect(reader.text.contains("root4567"))
    }

    /// The auditor's last leaves are never cosigned; then the page says up to where its log is.
    @Test func aLogSaysUpToWhereItIsCosigned() throws {
        var content = ReportContent.sample()
        content.bound.auditor?.cosignedBy = []
        #expect(try PageReader.read(ReportPage(content).html).text.contains("Cosigned bynobody"))
        let party = """
            {"party": "auditor", "leaves": 90, "root": "", "checkpoints": 3, "signedLeaves": 90, "unsignedLeaves": 0,
             "cosigners": ["c06", "moh"], "cosignedLeaves": 84, "witnesses": 5}
            """
        content.bound.verification.parties = [try JSONDecoder().decode(AuditReport.Party.self, from: Data(party.utf8))]
        #expect(try PageReader.read(ReportPage(content).html).text.contains("Cosigned byc06, moh, up to 84 leaves"))
    }

    /// Which part stopped where is a section of its own where an auditor has seen the messages.
    @Test func showsWhichPartStoppedWhere() throws {
        var content = ReportContent.sample()
        func cell(_ party: String, _ messages: Int64, _ isReleased: Bool) -> ReleaseFigures.Cell {
            .init(party: party, messages: messages, isReleased: isReleased, rule: "rule & law <for \(party)>")
        }
        content.bound.verification.releases = ReleaseFigures(rows: [
            .init(part: "clinical", parties: [cell("moh", 40, true), cell("vss", 0, false)]),
            .init(part: "XML6", parties: [cell("moh", 2, true), cell("vss", 1, false)]),
        ])
        let html = ReportPage(content).html
        let reader = try PageReader.read(html)
        #expect(reader.elements["section"] == 11 && html.contains("href=\"#parts\""))
        #expect(reader.text.contains("Which part stopped where") && reader.text.contains("rule & law <for vss>"))
        #expect(reader.text.contains("clinical, XML6"), "one rule for both parts that VSS does not get")
        #expect(html.contains("class=\"n heat5\""), "what lies where it must not stands out")
        content.bound.verification.releases = ReleaseFigures(rows: [])
        #expect(!ReportPage(content).html.contains("#parts"))
    }

    @Test func asksNobodyForAnything() throws {
        let html = ReportPage(.sample()).html
        for word in ["src=", "@import", "url(http", "<link", "fetch(", "XMLHttpRequest"] {
            #expect(!html.contains(word), "\(word)")
        }
        let addresses = html.components(separatedBy: "http").count - 1
        let names = html.components(separatedBy: "xmlns=\"http://www.w3.org/").count - 1
        #expect(addresses == names, "an address that is no name of a namespace")
    }

    @Test func isTheSameForTheSameData() {
        #expect(ReportPage(.sample()).html == ReportPage(.sample()).html)
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img onerror=x>", "' onload='x", "&amp; &lt; &#60;", "]]>", "-->",
        "\u{0}\u{1}\u{B}\u{1F}\u{7F}\u{FFFE}\u{FFFF}", "\u{202E}gnp.exe", "Nguyễn Thị <b>Hồng</b>", "</title></svg>",
        "`${x}`", "\u{1F9EC}\u{200D}", "javascript:alert(1)",
    ]

    @Test(arguments: hostile) func noNameBecomesMarkup(name: String) throws {
        let plain = try PageReader.read(ReportPage(.sample()).html)
        let html = ReportPage(.sample(name: name)).html
        let reader = try PageReader.read(html)
        #expect(reader.elements == plain.elements, "a name made elements")
        #expect(!html.contains("<img") && !html.contains("<b>") && !html.contains("\u{202E}"))
        let shown = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
        if shown { #expect(reader.text.contains(name) || reader.attributes.contains { $0.contains(name) }) }
    }

    @Test func randomTextIsAlwaysWellFormed() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            let scalars = (0..<60).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...(Bool.random() ? 0x80 : 0x1_0FFFF), using: &generator))
            }
            var name = ""
            name.unicodeScalars.append(contentsOf: scalars)
            let page = ReportPage(.sample(name: name)).html
            _ = try PageReader.read(page)
        }
    }

    @Test func findingsAreListedAndTheVerdictSaysSo() throws {
        var content = ReportContent.sample()
        content.bound.violations = ["moh: submitted 1 is not shared 0 + refused 0 + pending 0"]
        let text = try PageReader.read(ReportPage(content).html).text
        #expect(text.contains("Not all evidence holds: 1 findings") && text.contains("moh: submitted 1 is not"))
        #expect(!text.contains("All evidence holds"))
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1\u{202F}000"), (12_345_678, "12\u{202F}345\u{202F}678"),
        (-1_000, "−1\u{202F}000"),
    ]) func countsAreGrouped(value: Int64, text: String) { #expect(NumberText.count(value) == text) }

    @Test(arguments: [
        (0, "0\u{202F}ms"), (999, "999\u{202F}ms"), (1_000, "1\u{202F}s"), (1_049, "1\u{202F}s"),
        (1_051, "1.1\u{202F}s"), (90_000, "1.5\u{202F}min"), (5_400_000, "1.5\u{202F}h"),
        (86_400_000 * 3, "3\u{202F}days"),
    ]) func durationsHaveAFittingUnit(value: Int64, text: String) { #expect(NumberText.duration(value) == text) }

    @Test func everyReasonHasAMeaning() {
        #expect(ReasonMeaning.text("vss.010") == "Card expired" && ReasonMeaning.isOfficial("vss.010"))
        #expect(!ReasonMeaning.isOfficial("c06.deceased") && ReasonMeaning.text("no.such") == "unknown reason")
    }
}
