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
    package let outcome: CaseOutcome
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
    /// Of how many nobody can tell.
    package var notJudged: Int { results.count - passed - failed }

    /// In one line.
    package var summary: String {
        "\(party) at \(broker), route \(route): \(results.count) cases, \(passed) passed, \(failed) failed, "
            + "\(notJudged) not judged"
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
            }
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    /// For continuous integration. What is not judged is a case that passed, and says why in its output.
    package var junit: JUnitReport {
        JUnitReport(
            name: "cycle conformance \(party)",
            suites: [TestSuite(name: "conformance.\(party)", cases: results.map(testCase))])
    }

    private func testCase(_ result: CaseResult) -> TestCase {
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
        case .notJudged(let why): return TestCase(name, .passed, seconds: result.seconds, output: "not judged: \(why)")
        }
    }
}
