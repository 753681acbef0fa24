import Foundation
import PartyRuntime
import Supervision

extension RunReport {
    /// The table at the end of a run.
    public var table: String {
        var parts = [outcome]
        if !figures.refusedByReason.isEmpty {
            parts.append(
                TextTable.text(
                    [["refused by reason", ""]]
                        + figures.refusedByReason.sorted { $0.key < $1.key }.map { ["  " + $0.key, String($0.value)] }))
        }
        parts.append(hopTable)
        parts.append(processTable)
        parts.append(diskTable)
        if !figures.roots.isEmpty {
            parts.append(
                TextTable.text(
                    [["journal", "root"]] + figures.roots.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }))
        }
        if let auditor = details.auditor {
            parts.append("auditor: \(auditor.leaves) records seen, root \(auditor.root)")
        }
        parts.append(verdict)
        return parts.joined(separator: "\n\n")
    }

    private var outcome: String {
        var rows = [
            ["submitted", String(figures.submitted)], ["shared", String(figures.shared)],
            ["refused", String(figures.refused)],
            ["pending", String(figures.pending)],
        ]
        if figures.withdrawn > 0 { rows.append(["withdrawn", String(figures.withdrawn)]) }
        if figures.held > 0 { rows.append(["  held by an agreement", String(figures.held)]) }
        if figures.amended > 0 {
            rows.append(["amended", String(figures.amended)])
            rows.append(["amendments refused", String(figures.refusedAmendments)])
        }
        rows += [
            ["resubmitted", String(figures.resubmitted)], ["corrected and shared", String(figures.corrected)],
            ["wrong matches", String(figures.wrongMatches)], ["duplicates ignored", String(figures.duplicatesIgnored)],
            ["duplicates applied", String(figures.duplicatesApplied)], ["dead letters", String(figures.deadLetters)],
            ["seconds", String(format: "%.2f", details.elapsedSeconds)],
            ["cycles/s", String(format: "%.0f", details.cyclesPerSecond)],
        ]
        if let firstCycleSeconds = details.firstCycleSeconds {
            rows.append(["first cycle after, s", String(format: "%.2f", firstCycleSeconds)])
        }
        return TextTable.text(rows)
    }

    private var hopTable: String {
        TextTable.text(
            [["hop", "messages", "p50 ms", "p95 ms", "p99 ms"]]
                + details.hops.map { hop in
                    [hop.topic, String(hop.count)]
                        + [hop.p50Milliseconds, hop.p95Milliseconds, hop.p99Milliseconds].map {
                            String(format: "%.0f", $0)
                        }
                })
    }

    private var processTable: String {
        TextTable.text(
            [["process", "peak MiB", "CPU s", "restarts"]]
                + details.processes.map {
                    [
                        $0.name, String(format: "%.0f", Double($0.peakResidentBytes) / 1_048_576),
                        String(format: "%.2f", $0.processorSeconds), String($0.restarts),
                    ]
                })
    }

    /// Bytes for each visit say something only where there are many.
    private var diskTable: String {
        func row(_ name: String, _ bytes: Int64) -> [String] {
            [
                name, String(format: "%.1f", Double(bytes) / 1_048_576),
                figures.submitted > 0 ? String(bytes / figures.submitted) : "-",
            ]
        }
        return TextTable.text(
            [["on disk", "MiB", "bytes/visit"]] + details.disk.map { row($0.name, $0.bytes) }
                + [row("all", details.disk.reduce(0) { $0 + $1.bytes })])
    }

    private var verdict: String {
        var lines: [String] = []
        switch details.ending {
        case .settled, .held: break
        case .timedOut:
            lines.append("FAILED  the run did not end in the scenario's time; still pending: \(figures.pending)")
        case .interrupted: lines.append("FAILED  the run was interrupted; still pending: \(figures.pending)")
        case .broken: lines.append("FAILED  a program could not go on; still pending: \(figures.pending)")
        }
        if let outside = details.outside {
            lines.append("outside \(outside.joined(separator: ", ")): judged by what the others received")
        }
        lines.append(
            details.conservation.holds
                ? "holds   conservation: submitted = shared + refused + pending + withdrawn, at every party and across them"
                : "FAILED  conservation")
        lines += details.conservation.violations.map { "          \($0)" }
        for party in details.conservation.parties where party.strays > 0 {
            lines.append(
                "STRAYS  \(party.party): \(party.strays) messages that no party of the topology sent; cycle audit verify says "
                    + "where and since when")
        }
        lines += details.splitViews.map { "CAUGHT  \($0.line)" }
        lines += assertions.map { "\($0.holds ? "holds   " : "FAILED  ")\($0.line)" }
        return lines.joined(separator: "\n")
    }
}
