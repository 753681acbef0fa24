package import JUnitReport

/// What came of one case.
package struct CaseResult: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// What is expected.
    package let sentence: String
    /// Where that stands.
    package let source: String
    /// What came of it.
    package internal(set) var outcome: CaseOutcome
    /// How long it took.
    package let seconds: Double
}

/// What came of all cases of a party.
package struct ConformanceReport: Sendable, Equatable {
    /// Its name in the topology.
    package let party: String
    /// Where it was tried.
    package let broker: String
    /// Which route of records the topology draws.
    package let route: String
    /// The cases, in their order.
    package let results: [CaseResult]

    /// How many are as they must be.
    package var passed: Int { results.count { $0.outcome == .passed } }
    /// How many are not.
    package var failed: Int { results.count { if case .failed = $0.outcome { true } else { false } } }
    /// How many ought to be judged, and were not.
    package var notJudged: Int { unjudged.count }
    /// Of how many there is nothing to judge here.
    package var notApplicable: Int { results.count - passed - failed - notJudged }

    /// Names of those that ought to be judged, and were not.
    package var unjudged: [String] {
        results.filter { if case .notJudged = $0.outcome { true } else { false } }.map(\.name)
    }

    /// In one line.
    package var summary: String {
        "\(party) at \(broker), route \(route): \(results.count) cases, \(passed) passed, \(failed) failed, "
            + "\(notJudged) not judged, \(notApplicable) not applicable"
    }

    /// For people: a line a case, and under each that failed what must be and what is.
    package var text: String {
        var lines: [String] = []
        for result in results {
            switch result.outcome {
            case .passed: lines.append("pass  \(result.name)  \(result.sentence)")
            case .failed(let findings):
                lines.append("FAIL  \(result.name)  \(result.sentence)")
                lines += findings.map { "      \($0.text)" }
                lines.append("      by \(result.source)")
            case .notJudged(let why):
                lines.append("----  \(result.name)  \(result.sentence)")
                lines.append("      not judged: \(why)")
            case .notApplicable(let why):
                lines.append("    .  \(result.name)  \(result.sentence)")
                lines.append("      not applicable: \(why)")
            }
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    /// For continuous integration. What ought to be judged and was not is an error; what is not applicable is skipped.
    /// - Parameter allowed: Cases that need not be judged: these are skipped too.
    package func junit(allowingUnjudged allowed: Set<String>) -> JUnitReport {
        JUnitReport(
            name: "cycle conformance \(party)",
            suites: [
                TestSuite(
                    name: "conformance.\(party)",
                    cases: results.map { testCase($0, isAllowed: allowed.contains($0.name)) })
            ])
    }

    private func testCase(_ result: CaseResult, isAllowed: Bool) -> TestCase {
        let name = "\(result.name): \(result.sentence)"
        switch result.outcome {
        case .passed: return TestCase(name, .passed, seconds: result.seconds)
        case .failed(let findings):
            return TestCase(
                name,
                .failed(
                    findings.first?.text ?? "",
                    details: findings.map(\.text).joined(separator: "\n") + "\nby \(result.source)"),
                seconds: result.seconds)
        case .notJudged(let why):
            let line = "not judged: \(why)"
            return TestCase(
                name, isAllowed ? .skipped(line) : .broken(line, details: "\(line)\nby \(result.source)"),
                seconds: result.seconds)
        case .notApplicable(let why):
            return TestCase(name, .skipped("not applicable: \(why)"), seconds: result.seconds)
        }
    }
}
