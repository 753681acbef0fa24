/// What was tried and what came of it, as the XML that continuous integration reads ("JUnit"). There is no specification
/// of it; the elements are those that GitLab, Jenkins and the test reporters of GitHub all take: `testsuites`, `testsuite`,
/// `testcase`, `failure`, `error`, `skipped`, `system-out`.
public struct JUnitReport: Sendable, Equatable {
    /// Name of the whole.
    public var name: String
    /// Its parts, in their order.
    public var suites: [TestSuite]

    /// Takes both.
    public init(name: String, suites: [TestSuite]) {
        self.name = name
        self.suites = suites
    }

    /// Cases that did not pass.
    public var failed: Int { suites.reduce(0) { $0 + $1.failures + $1.errors } }

    /// The document, UTF-8.
    public var xml: String {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        text += "<testsuites name=\(quoted: name)"
        text += " tests=\(quoted: String(suites.reduce(0) { $0 + $1.cases.count }))"
        text += " failures=\(quoted: String(suites.reduce(0) { $0 + $1.failures }))"
        text += " errors=\(quoted: String(suites.reduce(0) { $0 + $1.errors }))"
        text += " skipped=\(quoted: String(suites.reduce(0) { $0 + $1.skipped }))>\n"
        for suite in suites { text += suite.xml }
        return text + "</testsuites>\n"
    }
}

/// Cases that belong together.
public struct TestSuite: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its cases, in their order.
    public var cases: [TestCase]

    /// Takes both.
    public init(name: String, cases: [TestCase]) {
        self.name = name
        self.cases = cases
    }

    var failures: Int {
        cases.count { if case .failed = $0.outcome { true } else { false } }
    }

    var errors: Int {
        cases.count { if case .broken = $0.outcome { true } else { false } }
    }

    var skipped: Int {
        cases.count { if case .skipped = $0.outcome { true } else { false } }
    }

    fileprivate var xml: String {
        var text = "  <testsuite name=\(quoted: name) tests=\(quoted: String(cases.count))"
        text +=
            " failures=\(quoted: String(failures)) errors=\(quoted: String(errors)) skipped=\(quoted: String(skipped))>\n"
        for testCase in cases { text += testCase.xml(in: name) }
        return text + "  </testsuite>\n"
    }
}

/// One thing that was tried.
public struct TestCase: Sendable, Equatable {
    /// What came of it.
    public enum Outcome: Sendable, Equatable {
        /// It is as it should be.
        case passed
        /// It is not: in one line, and at length.
        case failed(String, details: String)
        /// It could not be tried to the end: in one line, and at length.
        case broken(String, details: String)
        /// It was not tried, and need not be: why.
        case skipped(String)
    }

    /// What was tried.
    public var name: String
    /// What came of it.
    public var outcome: Outcome
    /// How long it took, seconds; nil where nobody measured.
    public var seconds: Double?
    /// What else is worth knowing.
    public var output: String?

    /// Takes all fields.
    public init(_ name: String, _ outcome: Outcome, seconds: Double? = nil, output: String? = nil) {
        self.name = name
        self.outcome = outcome
        self.seconds = seconds
        self.output = output
    }

    fileprivate func xml(in suite: String) -> String {
        var text = "    <testcase classname=\(quoted: suite) name=\(quoted: name)"
        if let seconds { text += " time=\(quoted: Self.decimal(seconds))" }
        var inner = ""
        switch outcome {
        case .passed: break
        case .failed(let line, let details): inner += Self.element("failure", line, details)
        case .broken(let line, let details): inner += Self.element("error", line, details)
        case .skipped(let line): inner += "      <skipped message=\(quoted: line)/>\n"
        }
        if let output { inner += "      <system-out>\(XMLCharacters.text(output))</system-out>\n" }
        return text + (inner.isEmpty ? "/>\n" : ">\n\(inner)    </testcase>\n")
    }

    private static func element(_ name: String, _ message: String, _ details: String) -> String {
        "      <\(name) message=\(quoted: message)>\(XMLCharacters.text(details))</\(name)>\n"
    }

    /// Seconds to the millisecond, without an exponent.
    private static func decimal(_ seconds: Double) -> String {
        let milliseconds = String(Int64((max(0, seconds) * 1_000).rounded()))
        let padded = String(repeating: "0", count: max(0, 4 - milliseconds.count)) + milliseconds
        return "\(padded.dropLast(3)).\(padded.suffix(3))"
    }
}
