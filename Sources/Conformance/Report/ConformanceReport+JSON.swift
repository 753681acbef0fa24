package import Foundation

extension ConformanceReport {
    private struct Document: Encodable {
        var party: String
        var broker: String
        var route: String
        var passed: Int
        var failed: Int
        var notJudged: Int
        var notApplicable: Int
        var cases: [Entry]
    }

    private struct Entry: Encodable {
        var name: String
        var sentence: String
        var source: String
        var outcome: String
        var findings: [Finding]?
        var why: String?
        var seconds: Double
    }

    /// For programs.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Document(
                party: party, broker: broker, route: route, passed: passed, failed: failed, notJudged: notJudged,
                notApplicable: notApplicable, cases: results.map(Self.entry)))
    }

    private static func entry(_ result: CaseResult) -> Entry {
        var entry = Entry(
            name: result.name, sentence: result.sentence, source: result.source, outcome: "passed",
            seconds: (result.seconds * 1_000).rounded() / 1_000)
        switch result.outcome {
        case .passed: break
        case .failed(let findings):
            entry.outcome = "failed"
            entry.findings = findings
        case .notJudged(let why):
            entry.outcome = "notJudged"
            entry.why = why
        case .notApplicable(let why):
            entry.outcome = "notApplicable"
            entry.why = why
        }
        return entry
    }
}
