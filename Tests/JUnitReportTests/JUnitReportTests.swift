import Foundation
import JUnitReport
import Testing

@Suite struct JUnitReportTests {
    private static let report = JUnitReport(
        name: "cycle run <x>",
        suites: [
            TestSuite(
                name: "x.assertions",
                cases: [
                    TestCase("shared == 3", .passed),
                    TestCase(
                        "refused < \"4\"", .failed("5 and 4", details: "a & b\nto repeat it: cycle run x"),
                        seconds: 1.2345),
                ]),
            TestSuite(
                name: "x.findings",
                cases: [
                    TestCase("end", .broken("moh\u{1}\ncannot", details: "\r]]>")),
                    TestCase("roots", .skipped("the scenario names none")),
                ]),
        ])

    @Test func readsBackAsXMLWithItsCounts() throws {
        let elements = try Elements(of: Self.report.xml)
        #expect(
            elements.first("testsuites") == [
                "name": "cycle run <x>", "tests": "4", "failures": "1", "errors": "1", "skipped": "1",
            ])
        #expect(
            elements.all("testsuite").map { $0["name"] } == ["x.assertions", "x.findings"]
                && elements.all("testsuite").map { $0["failures"] } == ["1", "0"]
                && elements.all("testsuite").map { $0["errors"] } == ["0", "1"]
                && elements.all("testsuite").map { $0["skipped"] } == ["0", "1"])
        #expect(elements.first("skipped") == ["message": "the scenario names none"])
        #expect(
            elements.all("testcase").map { $0["classname"] } == [
                "x.assertions", "x.assertions", "x.findings", "x.findings",
            ])
        #expect(elements.all("testcase").map { $0["time"] } == [nil, "1.235", nil, nil])
        #expect(elements.first("failure") == ["message": "5 and 4"])
        #expect(elements.text["failure"] == "a & b\nto repeat it: cycle run x")
        // What XML cannot carry is replaced; a line break in an attribute stays one.
        #expect(elements.first("error") == ["message": "moh\u{FFFD}\ncannot"])
        #expect(elements.text["error"] == "\r]]>")
        #expect(Self.report.failed == 2)
    }

    @Test(arguments: [(0, "0.000"), (-1, "0.000"), (0.0004, "0.000"), (0.05, "0.050"), (86_400.5, "86400.500")])
    func secondsHaveNoExponent(seconds: Double, wanted: String) {
        let suite = TestSuite(name: "s", cases: [TestCase("c", .passed, seconds: seconds)])
        #expect(JUnitReport(name: "n", suites: [suite]).xml.contains("time=\"\(wanted)\""))
    }
}

/// The elements of a document, as Python's parser sees them: another one than what wrote it.
private struct Elements {
    private var found: [(name: String, attributes: [String: String])] = []
    /// Text of the last element of a name.
    private(set) var text: [String: String] = [:]

    func all(_ name: String) -> [[String: String]] { found.filter { $0.name == name }.map(\.attributes) }
    func first(_ name: String) -> [String: String]? { all(name).first }

    init(of document: String) throws {
        let script = """
            import sys, json, xml.etree.ElementTree as tree
            root = tree.fromstring(sys.stdin.buffer.read())
            print(json.dumps([[e.tag, e.attrib, e.text or ""] for e in root.iter()]))
            """
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        python.standardInput = input
        python.standardOutput = output
        try python.run()
        try input.fileHandleForWriting.write(contentsOf: Data(document.utf8))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[Any]])
        for row in rows {
            let name = try #require(row[0] as? String)
            found.append((name, try #require(row[1] as? [String: String])))
            text[name] = row[2] as? String
        }
    }
}
