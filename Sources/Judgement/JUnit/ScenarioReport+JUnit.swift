import Composition
import JUnitReport

extension ScenarioReport {
    /// A case for each assertion; of one that fails, both values and the line that repeats the run.
    func assertionCases(repeatedBy command: String) -> [TestCase] {
        assertions.map { assertion in
            TestCase(
                assertion.text,
                assertion.holds
                    ? .passed
                    : .failed(assertion.values, details: "\(assertion.line)\nto repeat it: \(command)"))
        }
    }
}

extension TestCase {
    /// A case for each thing that was found, or one that passes where nothing was.
    static func findings(_ name: String, _ found: [String], repeatedBy command: String) -> [TestCase] {
        guard !found.isEmpty else { return [TestCase(name, .passed)] }
        return found.map { finding in
            TestCase(
                "\(name): \(finding)", .failed(finding, details: "\(finding)\nto repeat it: \(command)"))
        }
    }
}
