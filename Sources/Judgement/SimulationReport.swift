public import Foundation
import Topology

/// What came of a simulated run.
public struct SimulationReport: Sendable, Codable {
    /// Name of the scenario.
    public var scenario: String
    /// Its seed.
    public var seed: UInt64
    /// Visits it asked for.
    public var records: Int64
    /// Visits submitted.
    public var submitted: Int64
    /// Visits in a citizen's book.
    public var shared: Int64
    /// Visits whose last answer is a refusal.
    public var refused: Int64
    /// Visits without an outcome.
    public var pending: Int64
    /// Pending visits that an agreement holds.
    public var held: Int64
    /// Refused visits by code.
    public var refusedByReason: [String: Int64]
    /// Resubmissions after a refusal.
    public var resubmitted: Int64
    /// Visits shared after a resubmission.
    public var corrected: Int64
    /// Visits shared into the book of another person.
    public var wrongMatches: Int64
    /// Copies without a second effect.
    public var duplicatesIgnored: Int64
    /// Messages that could not be read.
    public var deadLetters: Int64
    /// Journal leaves by party.
    public var journalLeaves: [String: Int64]
    /// Messages read from each topic, by the reader that has read most.
    public var consumed: [String: Int64]
    /// Virtual seconds from the first to the last event.
    public var virtualSeconds: Double
    /// SHA-256 of all effects: the same seed gives the same.
    public var digest: String
    /// Root of the tree over each party's journal: the same seed gives the same.
    public var roots: [String: String]
    /// Where the conservation law does not hold, in words.
    public var violations: [String]
    /// The scenario's assertions, without those on speed and latency.
    public var assertions: [AssertionReport]

    /// Journals whose root is not the one that the scenario says, in words.
    public var wrongRoots: [String] = []

    /// Whether the conservation law and all assertions hold, and every root is the one that the scenario says.
    public var holds: Bool { violations.isEmpty && wrongRoots.isEmpty && assertions.allSatisfy(\.holds) }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// Whether an assertion is about what only real processes have: speed, latency, and published checkpoints.
    static func belongsToProcesses(_ assertion: Assertion) -> Bool {
        [assertion.left, assertion.right.figureName ?? ""].contains {
            $0.hasSuffix("Milliseconds") || $0.hasPrefix("splitViews") || $0 == "cyclesPerSecond"
                || $0 == "elapsedSeconds"
        }
    }

    func figure(_ name: String) -> Double? {
        if name.hasPrefix("refused.") {
            return Double(refusedByReason[String(name.dropFirst("refused.".count))] ?? 0)
        }
        if name.hasPrefix("hop."), name.hasSuffix(".count") {
            return consumed[String(name.dropFirst("hop.".count).dropLast(".count".count))].map(Double.init)
        }
        return switch name {
        case "records": Double(records)
        case "submitted": Double(submitted)
        case "shared": Double(shared)
        case "refused": Double(refused)
        case "pending": Double(pending)
        case "held": Double(held)
        case "resubmitted": Double(resubmitted)
        case "corrected": Double(corrected)
        case "wrongMatches": Double(wrongMatches)
        case "deadLetters": Double(deadLetters)
        case "duplicatesIgnored": Double(duplicatesIgnored)
        // A second effect would show as a disagreement of rows and ledgers, which is a violation.
        case "duplicatesApplied": 0
        default: nil
        }
    }

    /// The report as lines for people.
    public var text: String {
        var lines = [
            "scenario   \(scenario), seed \(seed), \(records) records, \(virtualSeconds) virtual seconds",
            "submitted  \(submitted)", "shared     \(shared)", "refused    \(refused)", "pending    \(pending)",
            "held       \(held)", "corrected  \(corrected)", "digest     \(digest)",
        ]
        for (party, root) in roots.sorted(by: { $0.key < $1.key }) { lines.append("root.\(party)  \(root)") }
        for (code, count) in refusedByReason.sorted(by: { $0.key < $1.key }) { lines.append("  \(code)  \(count)") }
        lines += violations.map { "VIOLATED   \($0)" }
        lines += wrongRoots.map { "FAILS      \($0)" }
        lines += assertions.map { "\($0.holds ? "holds     " : "FAILS     ") \($0.line)" }
        lines.append(holds ? "all held" : "not all held")
        return lines.joined(separator: "\n")
    }
}

extension AssertionReport {
    /// What an evaluated assertion becomes in a report.
    init(text: String, result: AssertionResult) {
        switch result {
        case .holds(let left, let right): self.init(text: text, holds: true, left: left, right: right)
        case .fails(let left, let right): self.init(text: text, holds: false, left: left, right: right)
        case .unknownFigure(let name): self.init(text: text, holds: false, unknownFigure: name)
        }
    }
}
