public import Foundation

/// What an audit found.
public struct AuditReport: Sendable, Codable, Equatable {
    /// The directory.
    public var data: String
    /// The exchange, by its broker's cluster identifier.
    public var exchange: String
    /// Each party.
    public var parties: [Party]
    /// What crossed between them.
    public var hops: [HopEvidence]
    /// What the auditor saw of it; nil where no auditor has run.
    public var observed: ObservationEvidence?
    /// What is wrong, at most 200 of a kind and party.
    public var findings: [AuditFinding]
    /// How much is wrong, by kind and party.
    public var counts: [String: Int64]
    /// What two parties do not agree on, with the leaves of both, at most 1,000.
    public var disagreements: [Disagreement]
    /// When the stores of an exchange that runs were read; Unix milliseconds, nil for one that does not run. What was
    /// sent later than a journal was read is under way.
    public var takenAt: Int64?
    /// Parties that keep no journal here: somebody else's. What they sent is known from those who received it, and from
    /// the auditor.
    public var outside: [String] = []
    /// Parties that run and have written nothing yet.
    public var notBegun: [String] = []
    /// Who has signed which agreement since the exchange began.
    public var signatures: [SignatureEvidence] = []
    /// The broker's own log against the leaves; nil where nobody asked for it.
    public var brokerLog: BrokerLogEvidence?
    /// Messages that no party of the topology sent, by topic and reader.
    public var strays: [StrayEvidence] = []
    /// The logs against what somebody had carried away of them; empty where nothing was given.
    public var pins: [PinEvidence] = []
    /// Where the keys of the auditor's vault are; nil where no auditor keeps anything.
    public var vaultKeys: String?
    /// Which part of the visits stopped where; nil where no auditor keeps what crossed the broker.
    public var releases: ReleaseFigures?

    /// One party's journal.
    public struct Party: Sendable, Codable, Equatable {
        /// Name in the topology.
        public var party: String
        /// Leaves of its journal.
        public var leaves: Int64
        /// Root of the tree over them, 64 hexadecimal digits.
        public var root: String
        /// Stored checkpoints.
        public var checkpoints: Int
        /// Leaves under the last checkpoint: those that the party has signed.
        public var signedLeaves: Int64
        /// Leaves after the last checkpoint: those of the last second when a process was ended by force.
        public var unsignedLeaves: Int64
        /// Others who cosigned the latest of its checkpoints that anybody cosigned.
        public var cosigners: [String] = []
        /// Leaves of that checkpoint.
        public var cosignedLeaves: Int64 = 0
        /// How many others there are that could have cosigned it.
        public var witnesses = 0

        /// Who cosigned, for people.
        var cosigned: String {
            guard checkpoints > 0 else { return "" }
            let end = cosignedLeaves < leaves && cosignedLeaves > 0 ? " up to leaf \(cosignedLeaves)" : ""
            return ", cosigned by \(cosigners.count) of \(witnesses) others\(end)"
        }
    }

    /// Whether nothing is wrong.
    public var holds: Bool { findings.isEmpty }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// For people.
    public var text: String {
        var lines = parties.map { party in
            "\(party.party): \(party.leaves) leaves, root \(party.root), \(party.checkpoints) checkpoints"
                + party.cosigned
                + (party.unsignedLeaves > 0 ? ", \(party.unsignedLeaves) leaves not signed yet" : "")
                + (takenAt == nil ? "" : ", as of its checkpoint of \(party.signedLeaves) leaves")
        }
        if let takenAt {
            lines.insert(
                "running: as of \(TraceStep.clock(takenAt)), each party as of its last commit and its last checkpoint",
                at: 0)
        }
        lines += outside.map { "\($0): outside, keeps no journal here" }
        lines += notBegun.map { "\($0): has written nothing yet" }
        for hop in hops where hop.sent + hop.outside + hop.extra + hop.sentSince > 0 {
            var line = "\(hop.type) to \(hop.reader): \(hop.sent) sent, \(hop.received) received"
            for (count, name) in [
                (hop.copies, "copies"), (hop.outside, "from outside"), (hop.inOutbox, "in the outbox"),
                (hop.underWay, "under way"), (hop.sentSince, "sent since the sender's journal was read"),
                (hop.missing, "missing"), (hop.late, "late"), (hop.extra, "extra"),
                (hop.altered, "altered"),
            ] where count > 0 { line += ", \(count) \(name)" }
            lines.append(line)
        }
        if let observed { lines.append(observed.line) }
        if let brokerLog { lines.append(brokerLog.line) }
        // Those with strays stand among the findings.
        lines += strays.filter { $0.strays == 0 }.map(\.line)
        if let vaultKeys { lines.append("keys of the vault: \(vaultKeys)") }
        lines += signatures.map(\.line)
        lines += pins.map(\.line)
        lines += findings.map(\.line)
        let total = counts.values.reduce(0, +)
        if total > Int64(findings.count) { lines.append("and \(total - Int64(findings.count)) more") }
        lines.append(holds ? "all evidence holds" : "NOT all evidence holds: \(total) findings")
        return lines.joined(separator: "\n")
    }
}
