public import JUnitReport

extension SimulationReport {
    /// The simulation for continuous integration: a case for each assertion and each finding.
    /// - Parameter command: The line that repeats it.
    public func junit(repeatedBy command: String) -> JUnitReport {
        JUnitReport(
            name: "cycle simulate \(figures.scenario)",
            suites: [
                TestSuite(
                    name: "\(figures.scenario).assertions", cases: assertionCases(repeatedBy: command)),
                TestSuite(name: "\(figures.scenario).findings", cases: findings(command)),
            ])
    }

    /// Of one that broke off nothing else can be said.
    private func findings(_ command: String) -> [TestCase] {
        if let failure = details.failure {
            return [
                TestCase(
                    "the run comes to its end",
                    .broken(
                        String(failure.prefix { $0 != "\n" }), details: "\(failure)\nto repeat it: \(command)"))
            ]
        }
        return TestCase.findings("conservation", details.violations, repeatedBy: command)
            + TestCase.findings("roots of the journals", details.wrongRoots, repeatedBy: command)
    }
}
