public import ExchangeSchema
public import Foundation
import PartyCore
import PartyStore
import Topology

/// One record through all parties, in the order of time, from their journals alone. The identifiers of its messages are
/// computed from the record, so that no personal data is needed to find them.
public struct RecordTrace: Sendable, Codable, Equatable {
    /// The record.
    public var record: String
    /// What was received and sent, in the order of time.
    public var steps: [TraceStep]
    /// Revisions that are looked for: a facility resubmits a few times at most.
    public static let revisions: ClosedRange<UInt32> = 0...32

    /// Goes over the journals of the parties.
    /// - Throws: `StoreError` when a directory is in use, of another version, or damaged.
    public init(_ record: RecordIdentifier, subjects: [AuditSubject]) throws {
        self.record = record.description
        var wanted: [MessageIdentifier: (MessageType, UInt32)] = [:]
        for type in MessageType.allCases where type != .agreementSignature {
            for revision in Self.revisions {
                wanted[MessageIdentifier(type, record: record, revision: revision)] = (type, revision)
            }
        }
        // Most leaves are dismissed by one word, without being read.
        let words = Set(wanted.keys.map(\.uuid.low))
        var steps: [TraceStep] = []
        for subject in subjects {
            try StoreInspection(directory: subject.directory).forEachJournalRow { first, _, bytes in
                for at in stride(from: 0, to: bytes.count - JournalLeaf.width + 1, by: JournalLeaf.width) {
                    let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at + 40, as: UInt64.self))
                    guard words.contains(low),
                        let leaf = JournalLeaf(
                            raw: UnsafeRawBufferPointer(rebasing: bytes[at..<at + JournalLeaf.width])),
                        let (type, revision) = wanted[leaf.message]
                    else { continue }
                    let number = first &+ Int64(at / JournalLeaf.width)
                    steps.append(TraceStep(leaf, number, type, revision, subject))
                }
            }
        }
        self.steps = CausalOrder(steps).sorted
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
            var line = "\(wait)  \(step.party)  \(step.isSent ? "sends" : "receives") \(step.type)"
            if step.revision > 1 { line += " revision \(step.revision)" }
            if !step.isSent { line += ": \(step.decision)" }
            if let reason = step.reason { line += " \(reason)" }
            if let topic = step.topic { line += "  \(topic)/\(step.partition ?? 0)@\(step.offset ?? 0)" }
            return line + "  leaf \(step.leaf)  sha256 \(step.digest.prefix(16))"
        }
        return (["record \(record), first seen \(TraceStep.clock(start))"] + lines).joined(separator: "\n")
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
