import Foundation
import Testing

/// `docs/threat-model.md` names for each control the tests that show it, and each of them exists.
@Suite struct ThreatModelTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private struct Row {
        var threat: String
        var control: String
        var tests: String
        var open: String

        /// Nil for what is no row of a table, or the head of one.
        init?(_ line: Substring) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[0].isEmpty, cells[5].isEmpty, cells[1] != "what they do",
                !cells[1].hasPrefix("---")
            else { return nil }
            (threat, control, tests, open) = (cells[1], cells[2], cells[3], cells[4])
        }

        var names: [String] { tests.matches(of: /`([^`]+)`/).map { String($0.1) } }
    }

    private static func rows() throws -> [Row] {
        let page = try String(contentsOf: root.appendingPathComponent("docs/threat-model.md"), encoding: .utf8)
        let all = page.split(separator: "\n")
        let lines = all.filter { $0.hasPrefix("|") }
        let rows = lines.compactMap { Row($0) }
        // Each line of a table is a row, its head, or the line under that.
        #expect(lines.count == rows.count + 2 * all.count { $0.hasPrefix("## ") })
        return rows
    }

    /// The suites of each test target with the names of their tests.
    private static func suites() throws -> [String: Set<String>] {
        let folder = root.appendingPathComponent("Tests")
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        var suites: [String: Set<String>] = [:]
        for path in paths where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            let target = path.prefix { $0 != "/" }
            var suite = ""
            // A test is a function behind `@Test`, maybe some lines behind it.
            var isTest = false
            for line in text.split(separator: "\n") {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
                if line.contains("@Test") { isTest = true }
                for keyword in ["struct", "class", "actor"] where !line.hasPrefix(" ") {
                    guard let place = words.firstIndex(of: Substring(keyword)), place + 1 < words.endIndex else {
                        continue
                    }
                    suite = "\(target).\(words[place + 1])"
                }
                if !line.hasPrefix(" "), words.first == "extension", words.count > 1 { suite = "\(target).\(words[1])" }
                guard isTest, let place = words.firstIndex(of: "func"), place + 1 < words.endIndex else { continue }
                suites[suite, default: []].insert(String(words[place + 1]))
                isTest = false
            }
        }
        return suites
    }

    @Test func everyControlNamesTestsThatThereAre() throws {
        let (rows, suites) = (try Self.rows(), try Self.suites())
        #expect(rows.count > 40 && suites.count > 200)
        for row in rows {
            #expect(!row.threat.isEmpty && !row.control.isEmpty, "\(row.threat)")
            if row.control == "*nothing*" {
                #expect(row.names.isEmpty && !row.open.isEmpty, "\(row.threat): nothing stops it, so say what follows")
                continue
            }
            #expect(!row.names.isEmpty, "\(row.threat): which test shows it?")
            for name in row.names {
                let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                let tests = suites[parts[0]]
                #expect(
                    parts.count == 1
                        ? tests != nil : parts.count == 2 && tests?.contains(parts[1]) == true,
                    "\(row.threat): there is no test \(name)")
            }
        }
    }

    /// The names are looked for as they are written, and a name that there is not is missed.
    @Test func aTestIsFoundByItsName() throws {
        let suites = try Self.suites()
        #expect(suites["ArchitectureTests.ThreatModelTests"]?.contains("aTestIsFoundByItsName") == true)
        #expect(suites["ArchitectureTests.ThreatModelTests"]?.contains("suites") == false)
        #expect(suites["ArchitectureTests.NoSuchTests"] == nil)
    }
}
