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
                TestSuite(
                    name: "\(figures.scenario).findings",
                    cases: TestCase.findings("conservation", details.violations, repeatedBy: command)
                        + TestCase.findings("roots of the journals", details.wrongRoots, repeatedBy: command)),
            ])
    }
}

extension JUnitReport {
    /// A simulation that could not go on.
    /// - Parameter command: The line that repeats it.
    public init(simulationOf scenario: String, brokenBy failure: String, repeatedBy command: String) {
        let line = String(failure.prefix { $0 != "\n" })
        self.init(
            name: "cycle simulate \(scenario)",
            suites: [
                TestSuite(
                    name: "\(scenario).findings",
                    cases: [
                        TestCase(
                            "the run comes to its end",
                            .broken(line, details: "\(failure)\nto repeat it: \(command)"))
                    ])
            ])
    }
}
