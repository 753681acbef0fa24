public import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// What crossed the broker at one place, as the auditor keeps it.
public struct SeenPayload: Sendable {
    /// The payload.
    public var bytes: [UInt8]
    /// The salt of its digest.
    public var salt: PayloadSalt

    /// Takes both.
    public init(bytes: [UInt8], salt: PayloadSalt) {
        self.bytes = bytes
        self.salt = salt
    }
}

/// Which part of one visit stopped where. What a party received, its own leaf says: the digest there is that of all parts
/// together, so that the payload which the auditor keeps is the one that was received, with these parts and no others.
public struct PartStops: Sendable, Codable, Equatable {
    /// One part at one party.
    public struct Cell: Sendable, Codable, Equatable {
        /// The party.
        public var party: String
        /// Whether a message with the part reached it; nil where the payload is not there to be looked at.
        public var received: Bool?
        /// The leaf that says so, of the first such message.
        public var leaf: Int64?
        /// Whether the release rules give it the part.
        public var isReleased: Bool
        /// The rule, in the words of the topology.
        public var rule: String
    }

    /// One part at all parties.
    public struct Row: Sendable, Codable, Equatable {
        /// Name of the part: a block, or a table such as `XML6`.
        public var part: String
        /// The parties, in the order of the topology.
        public var parties: [Cell]
    }

    /// The parts that the visit has in any of its revisions, in their order.
    public var rows: [Row]
    /// What is wrong: a party received what the rules do not give it, or a payload is not the one in the leaf.
    public var findings: [String]

    /// Looks at what each party received of a record.
    /// - Parameters:
    ///   - subjects: The parties; shards of one are one party.
    ///   - seen: The payload that lay at a place; nil where it is not kept.
    public init(
        _ steps: [TraceStep], subjects: [AuditSubject],
        seen: (_ topic: String, _ partition: Int32, _ offset: Int64) throws -> SeenPayload?
    ) rethrows {
        var received: [String: [RecordPart: Int64]] = [:]
        var closed: Set<String> = []
        var findings: [String] = []
        var parts: RecordPartSet = []
        let parties = Self.parties(subjects)
        let names = Dictionary(subjects.map { ($0.party, $0.shard.party) }) { first, _ in first }
        for step in steps where !step.isSent {
            guard let type = MessageType(name: step.type), let party = names[step.party], let topic = step.topic,
                parties.contains(where: { $0.name == party })
            else { continue }
            guard let payload = try seen(topic, step.partition ?? 0, step.offset ?? 0) else {
                // Only messages with parts are missed.
                if MessageCodec.of(type).blocks.count > 0 { closed.insert(party) }
                continue
            }
            let digest = unsafe PayloadDigest(of: payload.bytes.span.bytes, type: type, salt: payload.salt)
            guard digest.description == step.digest else {
                findings.append("\(step.party), leaf \(step.leaf): what the auditor keeps has another digest")
                continue
            }
            let found = unsafe RecordPartSet(of: payload.bytes.span.bytes, type: type)
            parts.formUnion(found)
            for part in found.parts where received[party]?[part] == nil {
                received[party, default: [:]][part] = step.leaf
            }
        }
        rows = parts.parts.map { part in
            Row(
                part: part.name,
                parties: parties.map { party in
                    let leaf = received[party.name]?[part]
                    return Cell(
                        party: party.name, received: leaf != nil ? true : closed.contains(party.name) ? nil : false,
                        leaf: leaf, isReleased: party.released.contains(part), rule: party.subject.releaseSource(part))
                })
        }
        for row in rows {
            for cell in row.parties where cell.received == true && !cell.isReleased {
                findings.append(
                    "\(cell.party), leaf \(cell.leaf ?? 0): received \(row.part), which the release rules do not give it: "
                        + cell.rule)
            }
        }
        self.findings = findings
    }

    private static func parties(
        _ subjects: [AuditSubject]
    ) -> [(name: String, released: RecordPartSet, subject: AuditSubject)] {
        var parties: [(name: String, released: RecordPartSet, subject: AuditSubject)] = []
        for subject in subjects {
            guard let role = subject.role, role != .facility,
                !parties.contains(where: { $0.name == subject.shard.party })
            else { continue }
            parties.append((subject.shard.party, subject.releases[ReleaseRecipient(role)], subject))
        }
        return parties
    }
}

extension PartStops {
    /// For people: a table, then the rules by which tables stopped.
    public var text: String {
        guard let parties = rows.first?.parties.map(\.party) else {
            return findings.map { "WRONG  " + $0 }.joined(separator: "\n")
        }
        let width = max(14, rows.map(\.part.count).max() ?? 0) + 2
        func line(_ name: String, _ cells: [String]) -> String {
            var line = name.padded(to: width)
            for (party, cell) in zip(parties, cells) { line += cell.padded(to: max(party.count, 8) + 2) }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        var lines = ["which part stopped where", line("", parties)]
        for row in rows { lines.append(line(row.part, row.parties.map(\.word))) }
        // A rule is said once for all parts that it stopped at one party.
        var said: [(party: String, rule: String, parts: [String])] = []
        for row in rows {
            for cell in row.parties where cell.received == false && !cell.isReleased {
                if let place = said.firstIndex(where: { $0.party == cell.party && $0.rule == cell.rule }) {
                    said[place].parts.append(row.part)
                } else {
                    said.append((cell.party, cell.rule, [row.part]))
                }
            }
        }
        lines += said.map { "\($0.parts.joined(separator: ", ")) not to \($0.party): \($0.rule)" }
        return (lines + findings.map { "WRONG  " + $0 }).joined(separator: "\n")
    }
}

extension PartStops.Cell {
    /// The cell as a word: received and allowed, received against the rules, stopped, or not known.
    fileprivate var word: String {
        switch received {
        case true: isReleased ? "yes" : "AGAINST"
        case false: "-"
        case nil: "closed"
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
