import Foundation

/// What somebody who watches an exchange is told, as it comes.
public enum WatchEvent: Sendable, Equatable {
    /// The watch begins: leaves that each log has, by its name.
    case begun(exchange: String, leaves: [String: Int64])
    /// A log has a new signed checkpoint, whose root is that of its leaves.
    case checkpoint(party: String, leaves: Int64, root: String)
    /// Everything was verified as of now; how many findings there are in all, and how long it took.
    case verified(leaves: Int64, findings: Int64, seconds: Double)
    /// Something is wrong that was not wrong before.
    case finding(AuditFinding)
    /// The watch ends: how many checkpoints and findings it has seen.
    case ended(checkpoints: Int64, findings: Int64)
}

/// An event with the clock reading.
public struct WatchLine: Sendable, Equatable, Encodable {
    /// Unix milliseconds.
    public var at: Int64
    /// What there is to say.
    public var event: WatchEvent

    /// Takes both.
    public init(at: Int64, _ event: WatchEvent) { (self.at, self.event) = (at, event) }

    private enum Key: String, CodingKey {
        case at, event, exchange, logs, party, leaves, root, findings, seconds, kind, leaf, message, text, checkpoints
    }

    /// One flat object, as `topology/schema/audit-watch.schema.json` says.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(TraceStep.clock(at), forKey: .at)
        switch event {
        case .begun(let exchange, let leaves):
            try values.encode("begun", forKey: .event)
            try values.encode(exchange, forKey: .exchange)
            try values.encode(leaves, forKey: .logs)
        case .checkpoint(let party, let leaves, let root):
            try values.encode("checkpoint", forKey: .event)
            try values.encode(party, forKey: .party)
            try values.encode(leaves, forKey: .leaves)
            try values.encode(root, forKey: .root)
        case .verified(let leaves, let findings, let seconds):
            try values.encode("verified", forKey: .event)
            try values.encode(leaves, forKey: .leaves)
            try values.encode(findings, forKey: .findings)
            try values.encode((seconds * 1_000).rounded() / 1_000, forKey: .seconds)
        case .finding(let finding):
            try values.encode("finding", forKey: .event)
            try values.encode(finding.kind.rawValue, forKey: .kind)
            try values.encode(finding.party, forKey: .party)
            try values.encodeIfPresent(finding.leaf, forKey: .leaf)
            try values.encodeIfPresent(finding.message, forKey: .message)
            try values.encode(finding.text, forKey: .text)
        case .ended(let checkpoints, let findings):
            try values.encode("ended", forKey: .event)
            try values.encode(checkpoints, forKey: .checkpoints)
            try values.encode(findings, forKey: .findings)
        }
    }

    /// One line of JSON Lines.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// For people.
    public var text: String {
        let words =
            switch event {
            case .begun(let exchange, let leaves):
                "watching exchange \(exchange): "
                    + leaves.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value) leaves" }.joined(separator: ", ")
            case .checkpoint(let party, let leaves, let root): "\(party): checkpoint of \(leaves) leaves, root \(root)"
            case .verified(let leaves, let findings, let seconds):
                "all verified: \(leaves) leaves in \(String(format: "%.1f", seconds)) s, "
                    + (findings == 0 ? "nothing is wrong" : "\(findings) findings")
            case .finding(let finding): "FOUND  \(finding.line)"
            case .ended(let checkpoints, let findings):
                "seen: \(checkpoints) checkpoints, " + (findings == 0 ? "nothing wrong" : "\(findings) findings")
            }
        return "\(TraceStep.clock(at))  \(words)"
    }
}
