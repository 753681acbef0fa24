public import JUnitReport

extension RunReport {
    /// The run for continuous integration: a case for each assertion, each finding, each program.
    /// - Parameter command: The line that repeats the run.
    public func junit(repeatedBy command: String) -> JUnitReport {
        let findings =
            [end(command)]
            + TestCase.findings("conservation", details.conservation.violations, repeatedBy: command)
        let caught = details.splitViews.map { TestCase("two histories: \($0.party)", .passed, output: $0.line) }
        return JUnitReport(
            name: "cycle run \(figures.scenario)",
            suites: [
                TestSuite(
                    name: "\(figures.scenario).assertions", cases: assertionCases(repeatedBy: command)),
                TestSuite(name: "\(figures.scenario).findings", cases: findings + caught),
                TestSuite(name: "\(figures.scenario).programs", cases: details.processes.map { $0.testCase(command) }),
            ])
    }

    private func end(_ command: String) -> TestCase {
        let name = "the run comes to its end"
        let output = "submitted \(figures.submitted), pending \(figures.pending)\nto repeat it: \(command)"
        let outcome: TestCase.Outcome =
            switch details.ending {
            case .settled, .held: .passed
            case .timedOut: .failed("it did not end in the scenario's time", details: output)
            case .interrupted: .broken("somebody interrupted it", details: output)
            case .broken:
                .broken(
                    details.failure.map { $0.prefix { $0 != "\n" } }.map(String.init) ?? "a program could not go on",
                    details: (details.failure.map { $0 + "\n" } ?? "") + output)
            }
        return TestCase(name, outcome, seconds: details.elapsedSeconds)
    }
}
