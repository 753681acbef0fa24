/// What came of a simulated run.
public typealias SimulationReport = ScenarioReport<SimulationDetails>

/// What a simulation tells beside its figures.
public struct SimulationDetails: Sendable, Codable {
    /// Why it broke off, in words; nil where it did not. What was not known then is 0 or empty.
    public var failure: String?
    /// Journal leaves by party.
    public var journalLeaves: [String: Int64]
    /// Messages read from each topic, by the reader that has read most.
    public var consumed: [String: Int64]
    /// Virtual seconds from the first to the last event.
    public var virtualSeconds: Double
    /// SHA-256 of all effects: the same seed gives the same. Empty of one that broke off before its end.
    public var digest: String
    /// Where the conservation law does not hold, in words.
    public var violations: [String]
    /// Journals whose root is not the one that the scenario says, in words.
    public var wrongRoots: [String]
    /// What was not looked at, and why.
    public var remarks: [String]
}

extension SimulationReport {
    /// Whether it came to its end, the conservation law and all assertions hold, and every root is the one that the scenario
    /// says.
    public var holds: Bool {
        details.failure == nil && details.violations.isEmpty && details.wrongRoots.isEmpty
            && assertions.allSatisfy(\.holds)
    }

    /// The report as lines for people.
    public var text: String {
        let seconds = details.virtualSeconds
        var lines = [
            "scenario   \(figures.scenario), seed \(figures.seed), \(figures.records) records, \(seconds) virtual seconds",
            "submitted  \(figures.submitted)", "shared     \(figures.shared)", "refused    \(figures.refused)",
            "pending    \(figures.pending)", "withdrawn  \(figures.withdrawn)", "held       \(figures.held)",
            "amended    \(figures.amended)", "corrected  \(figures.corrected)",
            "digest     \(details.digest)",
        ]
        for (party, root) in figures.roots.sorted(by: { $0.key < $1.key }) { lines.append("root.\(party)  \(root)") }
        for (code, count) in figures.refusedByReason.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(code)  \(count)")
        }
        if let failure = details.failure { lines.append("BROKE OFF  \(failure)") }
        lines += details.violations.map { "VIOLATED   \($0)" }
        lines += details.wrongRoots.map { "FAILS      \($0)" }
        lines += details.remarks.map { "note       \($0)" }
        lines += assertions.map { "\($0.holds ? "holds     " : "FAILS     ") \($0.line)" }
        lines.append(holds ? "all held" : "not all held")
        return lines.joined(separator: "\n")
    }
}
