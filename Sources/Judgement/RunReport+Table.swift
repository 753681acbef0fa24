import Foundation
import PartyRuntime
import Supervision

extension RunReport {
    /// The table at the end of a run.
    public var table: String {
        var parts = [outcome]
        if !refusedByReason.isEmpty {
            parts.append(
                TextTable.text(
                    [["refused by reason", ""]]
                        + refusedByReason.sorted { $0.key < $1.key }.map { ["  " + $0.key, String($0.value)] }))
        }
        parts.append(hopTable)
        parts.append(processTable)
        if !roots.isEmpty {
            parts.append(
                TextTable.text(
                    [["journal", "root"]] + roots.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }))
        }
        if let auditor { parts.append("auditor: \(auditor.leaves) records seen, root \(auditor.root)") }
        parts.append(verdict)
        return parts.joined(separator: "\n\n")
    }

    private var outcome: String {
        var rows = [
            ["submitted", String(submitted)], ["shared", String(shared)], ["refused", String(refused)],
            ["pending", String(pending)],
        ]
        if held > 0 { rows.append(["  held by an agreement", String(held)]) }
        rows += [
            ["resubmitted", String(resubmitted)], ["corrected and shared", String(corrected)],
            ["wrong matches", String(wrongMatches)], ["duplicates ignored", String(duplicatesIgnored)],
            ["duplicates applied", String(duplicatesApplied)], ["dead letters", String(deadLetters)],
            ["seconds", String(format: "%.2f", elapsedSeconds)],
            ["cycles/s", String(format: "%.0f", cyclesPerSecond)],
        ]
        if let firstCycleSeconds { rows.append(["first cycle after, s", String(format: "%.2f", firstCycleSeconds)]) }
        return TextTable.text(rows)
    }

    private var hopTable: String {
        TextTable.text(
            [["hop", "messages", "p50 ms", "p95 ms", "p99 ms"]]
                + hops.map { hop in
                    [hop.topic, String(hop.count)]
                        + [hop.p50Milliseconds, hop.p95Milliseconds, hop.p99Milliseconds].map {
                            String(format: "%.0f", $0)
                        }
                })
    }

    private var processTable: String {
        TextTable.text(
            [["process", "peak MiB", "CPU s", "restarts"]]
                + processes.map {
                    [
                        $0.name, String(format: "%.0f", Double($0.peakResidentBytes) / 1_048_576),
                        String(format: "%.2f", $0.processorSeconds), String($0.restarts),
                    ]
                })
    }

    private var verdict: String {
        var lines: [String] = []
        switch ending {
        case .settled, .held: break
        case .timedOut: lines.append("FAILED  the run did not end in the scenario's time; still pending: \(pending)")
        case .interrupted: lines.append("FAILED  the run was interrupted; still pending: \(pending)")
        case .broken: lines.append("FAILED  a program could not go on; still pending: \(pending)")
        }
        if let outside {
            lines.append("outside \(outside.joined(separator: ", ")): judged by what the others received")
        }
        lines.append(
            conservation.holds
                ? "holds   conservation: submitted = shared + refused + pending, at every party and across them"
                : "FAILED  conservation")
        lines += conservation.violations.map { "          \($0)" }
        lines += splitViews.map { "CAUGHT  \($0.line)" }
        lines += assertions.map { "\($0.holds ? "holds   " : "FAILED  ")\($0.line)" }
        return lines.joined(separator: "\n")
    }
}

extension AssertionReport {
    /// The assertion as written; of one that fails also why, with the two values.
    var line: String {
        guard !holds else { return text }
        if let unknownFigure { return "\(text)  (there is no figure \(unknownFigure))" }
        return "\(text)  (\(Self.text(left)) and \(Self.text(right)))"
    }

    private static func text(_ value: Double?) -> String {
        guard let value else { return "none" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(format: "%.3f", value)
    }
}
