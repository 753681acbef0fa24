import Composition
import PartyRuntime

/// The figures of a run by the names that assertions use (Topology, `FigureName`).
struct RunFigures {
    let report: RunReport
    let truth: GroundTruth?

    subscript(_ name: String) -> Double? {
        if let plain = plain(name) { return plain }
        if name.hasPrefix("refused.") {
            return Double(report.refusedByReason[String(name.dropFirst("refused.".count))] ?? 0)
        }
        if name.hasPrefix("splitViews.") {
            let party = name.dropFirst("splitViews.".count)
            return Double(report.splitViews.count { $0.party == party || $0.party.hasPrefix("\(party).") })
        }
        if name.hasPrefix("hop.") { return hop(name) }
        return truth?.figure(name)
    }

    private func plain(_ name: String) -> Double? {
        switch name {
        case "records": Double(report.records)
        case "submitted": Double(report.submitted)
        case "shared": Double(report.shared)
        case "refused": Double(report.refused)
        case "pending": Double(report.pending)
        case "held": Double(report.held)
        case "resubmitted": Double(report.resubmitted)
        case "corrected": Double(report.corrected)
        case "wrongMatches": Double(report.wrongMatches)
        case "deadLetters": Double(report.deadLetters)
        case "duplicatesIgnored": Double(report.duplicatesIgnored)
        case "duplicatesApplied": Double(report.duplicatesApplied)
        case "cyclesPerSecond": report.cyclesPerSecond
        case "splitViews": Double(report.splitViews.count)
        case "elapsedSeconds": report.elapsedSeconds
        default: nil
        }
    }

    private func hop(_ name: String) -> Double? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let topic = name[..<dot].dropFirst("hop.".count)
        guard let hop = report.hops.first(where: { $0.topic == topic }) else { return nil }
        return switch name[name.index(after: dot)...] {
        case "count": Double(hop.count)
        case "p50Milliseconds": hop.p50Milliseconds
        case "p95Milliseconds": hop.p95Milliseconds
        case "p99Milliseconds": hop.p99Milliseconds
        default: nil
        }
    }
}
