import Composition
import PartyCore
import PartyRuntime
import Topology

/// What only real processes show: time, latency, and checkpoints as published. A virtual clock says nothing of them.
struct MeasuredFigures {
    var elapsedSeconds: Double
    var cyclesPerSecond: Double
    var hops: [HopReport]
    var splitViews: [SplitViewReport]
}

/// The figures of a scenario's end by the names that assertions use (Topology, `FigureName`).
struct NamedFigures {
    let figures: ScenarioFigures
    /// Messages read from each topic, by the reader that has read most.
    let consumed: [String: Int64]
    /// Nil where no processes ran.
    let measured: MeasuredFigures?
    let truth: GroundTruth?
    /// What VSS, and MoH after it, count of claims.
    var feedback = FeedbackFigures()
    /// Where book and warehouses differ from the population's truth; nil where nobody has looked.
    var readModels: ReadModelDifferences?

    /// Whether a figure is among ``MeasuredFigures``.
    static func isMeasured(_ name: String) -> Bool {
        name == "cyclesPerSecond" || name == "elapsedSeconds" || name.hasPrefix("splitViews")
            || name.hasSuffix("Milliseconds")
    }

    /// Nil when there is no such figure.
    subscript(_ name: String) -> Double? {
        if Self.isMeasured(name) { return measured.flatMap { Self.value(name, $0) } }
        if let counted = readModels?.figure(name) ?? counted(name) { return Double(counted) }
        return truth?.figure(name)
    }

    private func counted(_ name: String) -> Int64? {
        if name.hasPrefix("refused.") { return figures.refusedByReason[String(name.dropFirst("refused.".count))] ?? 0 }
        if name.hasPrefix("hop."), name.hasSuffix(".count") {
            return consumed[String(name.dropFirst("hop.".count).dropLast(".count".count))]
        }
        return switch name {
        case "records": figures.records
        case "submitted": figures.submitted
        case "shared": figures.shared
        case "refused": figures.refused
        case "pending": figures.pending
        case "withdrawn": figures.withdrawn
        case "held": figures.held
        case "resubmitted": figures.resubmitted
        case "corrected": figures.corrected
        case "amended": figures.amended
        case "refusedAmendments": figures.refusedAmendments
        case "wrongMatches": figures.wrongMatches
        case "claimsReduced": feedback.reducedAtOnce
        case "feedbackReduced": feedback.reduced
        case "feedbackRefused": feedback.refused
        case "deadLetters": figures.deadLetters
        case "changes": figures.changes
        case "handedOver": figures.handedOver
        case "duplicatesIgnored": figures.duplicatesIgnored
        case "duplicatesApplied": figures.duplicatesApplied
        default: nil
        }
    }

    private static func value(_ name: String, _ measured: MeasuredFigures) -> Double? {
        switch name {
        case "elapsedSeconds": return measured.elapsedSeconds
        case "cyclesPerSecond": return measured.cyclesPerSecond
        case "splitViews": return Double(measured.splitViews.count)
        default: break
        }
        if name.hasPrefix("splitViews.") {
            let party = name.dropFirst("splitViews.".count)
            return Double(measured.splitViews.count { $0.party == party || $0.party.hasPrefix("\(party).") })
        }
        guard name.hasPrefix("hop."), let dot = name.lastIndex(of: "."),
            let hop = measured.hops.first(where: { $0.topic == name[..<dot].dropFirst("hop.".count) })
        else { return nil }
        return switch name[name.index(after: dot)...] {
        case "p50Milliseconds": hop.p50Milliseconds
        case "p95Milliseconds": hop.p95Milliseconds
        case "p99Milliseconds": hop.p99Milliseconds
        default: nil
        }
    }
}
