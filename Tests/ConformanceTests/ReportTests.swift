import Foundation
import JUnitReport
import Testing

@testable import Conformance

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The report of a trial in its forms.
@Suite struct ReportTests {
    private let report = ConformanceReport(
        party: "vss", broker: "127.0.0.1:9092", route: "2024-04",
        results: [
            CaseResult(name: "vss.a", sentence: "is well", source: "a text", outcome: .passed, seconds: 0.25),
            CaseResult(
                name: "vss.b", sentence: "is <well> & good", source: "another text",
                outcome: .failed([
                    Finding("cardCheckCode", expected: "\"010\"", found: "\"003\""),
                    Finding("key", expected: "\"a\"", found: "no key"),
                ]), seconds: 1),
            CaseResult(
                name: "vss.c", sentence: "comes later", source: "a law", outcome: .notJudged("it takes days"),
                seconds: 2),
            CaseResult(
                name: "vss.d", sentence: "waits for nobody", source: "a topology",
                outcome: .notApplicable("all have signed"), seconds: 0),
        ])

    @Test func theTextNamesBothValues() {
        #expect(
            report.text == """
                pass  vss.a  is well
                FAIL  vss.b  is <well> & good
                      cardCheckCode: expected "010", found "003"
                      key: expected "a", found no key
                      by another text
                ----  vss.c  comes later
                      not judged: it takes days
                    .  vss.d  waits for nobody
                      not applicable: all have signed
                vss at 127.0.0.1:9092, route 2024-04: 4 cases, 1 passed, 1 failed, 1 not judged, 1 not applicable
                """)
    }

    @Test func junitHasACaseEach() {
        let xml = report.junit(allowingUnjudged: []).xml
        #expect(xml.contains("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""))
        #expect(xml.contains("classname=\"conformance.vss\" name=\"vss.a: is well\" time=\"0.250\"/>"))
        #expect(xml.contains("<failure message=\"cardCheckCode: expected &quot;010&quot;, found &quot;003&quot;\">"))
        #expect(xml.contains("<error message=\"not judged: it takes days\">"))
        #expect(xml.contains("<skipped message=\"not applicable: all have signed\"/>"))
    }

    /// What need not be judged is no error, but it is not passed either.
    @Test func whatNeedNotBeJudgedIsSkipped() {
        #expect(report.unjudged == ["vss.c"])
        let xml = report.junit(allowingUnjudged: ["vss.c"]).xml
        #expect(xml.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\""))
        #expect(xml.contains("<skipped message=\"not judged: it takes days\"/>"))
    }

    @Test func jsonSaysTheSame() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
        #expect(object["notApplicable"] as? Int == 1)
        #expect(object["failed"] as? Int == 1 && object["notJudged"] as? Int == 1 && object["passed"] as? Int == 1)
        let cases = try #require(object["cases"] as? [[String: Any]])
        #expect(cases.map { $0["outcome"] as? String } == ["passed", "failed", "notJudged", "notApplicable"])
        let findings = try #require(cases[1]["findings"] as? [[String: String]])
        #expect(findings[0] == ["about": "cardCheckCode", "expected": "\"010\"", "found": "\"003\""])
    }

    @Test func thePageIsWellFormedAndEscapes() {
        let page = report.page
        let document = page.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
        #expect(XMLParser(data: Data(document.utf8)).parse())
        #expect(page.contains("is &lt;well&gt; &amp; good") && page.contains("it takes days"))
        #expect(page.contains("all have signed"))
        #expect(page.contains("&quot;003&quot;") && !page.contains("<script"))
    }
}
