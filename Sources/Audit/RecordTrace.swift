public import ExchangeSchema
public import Foundation
import PartyStore
public import Topology

/// One record through all parties, in the order of time, from their journals alone. The identifiers of its messages are
/// computed from the record, so that no personal data is needed to find them.
public struct RecordTrace: Sendable, Codable, Equatable {
    /// The record.
    public var record: String
    /// What was received and sent, in the order of time.
    public var steps: [TraceStep]
    /// Parties that keep no journal here: of theirs only what others received is known.
    public var outside: [String] = []
    /// Which part of the visit stopped where; nil where no auditor keeps what crossed the broker.
    public var parts: PartStops?
    /// Revisions that are looked for: a facility resubmits a few times at most.
    public static let revisions: ClosedRange<UInt32> = 0...32

    /// Goes over the journals of the parties, each as of its last commit.
    /// - Parameter absent: Parties that have no store here, as may be.
    /// - Throws: `StoreError` when a directory is of another version, or damaged.
    public init(
        _ record: RecordIdentifier, subjects: [AuditSubject], absent: AbsentParties = AbsentParties()
    ) throws {
        let wanted = RecordLeaves([record])
        var leaves: [RecordLeaf] = []
        var verdicts: [VerdictLeaf] = []
        for source in absent.present(subjects).map(JournalSource.init) {
            let store = try StoreInspection(directory: source.directory)
            try wanted.forEach(in: store, source) { leaves.append($1) }
            verdicts += try VerdictLeaf.all(on: record, in: store, party: source.party)
        }
        self.init(record, leaves: leaves, verdicts: verdicts, route: subjects.first?.route ?? .unknown)
        outside = subjects.map(\.party).filter(absent.outside.contains)
    }

    /// Puts leaves that were found already in the order of time.
    /// - Parameters:
    ///   - verdicts: Those of MoH's axis on the messages that brought the record.
    ///   - route: Tells what comes first of what the clocks do not tell apart.
    public init(
        _ record: RecordIdentifier, leaves: [RecordLeaf], verdicts: [VerdictLeaf] = [], route: Route = .unknown
    ) {
        self.record = record.description
        steps = CausalOrder(leaves.map { TraceStep($0, on: route) } + verdicts.map(TraceStep.init)).sorted
    }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// For people: one line a step.
    public var text: String {
        let start = steps.first?.time ?? 0
        let lines = steps.map { step in
            let wait = "+\(step.time &- start) ms"
            if let verdict = step.verdict {
                return "\(wait)  \(step.party)  \(verdict)  leaf \(step.leaf)  sha256 \(step.digest.prefix(16))"
            }
            var line = "\(wait)  \(step.party)  \(step.isSent ? "sends" : "receives") \(step.type)"
            if step.revision > 1 { line += " revision \(step.revision)" }
            if !step.isSent { line += ": \(step.decision)" }
            if let reason = step.reason { line += " \(reason)" }
            if let topic = step.topic { line += "  \(topic)/\(step.partition ?? 0)@\(step.offset ?? 0)" }
            return line + "  leaf \(step.leaf)  sha256 \(step.digest.prefix(16))"
        }
        let strangers = outside.map { "\($0) is outside: it keeps no journal here, see what others received of it" }
        let stops = parts.map { [$0.text] } ?? []
        return (["record \(record), first seen \(TraceStep.clock(start))"] + lines + strangers + stops)
            .joined(separator: "\n")
    }

    /// A Mermaid sequence diagram.
    public var mermaid: String {
        var lines = ["sequenceDiagram"]
        var parties: [String] = []
        for step in steps where !parties.contains(step.party) { parties.append(step.party) }
        lines += parties.map { "    participant \($0)" }
        for step in steps where !step.isSent {
            let sender = steps.first { $0.isSent && $0.message == step.message }?.party ?? step.party
            let reason = step.reason.map { " \($0)" } ?? ""
            lines.append("    \(sender)->>\(step.party): \(step.type) (\(step.decision)\(reason))")
        }
        return lines.joined(separator: "\n")
    }
}
