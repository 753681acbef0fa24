public import Audit
public import Foundation

/// What the check of a package found.
public struct CheckReport: Sendable, Codable, Equatable {
    /// One thing that does not hold.
    public struct Finding: Sendable, Codable, Equatable {
        /// The file in the package; the archive itself when it is about no file.
        public var file: String
        /// What is wrong, for people.
        public var text: String
    }

    /// One journal and who signed it.
    public struct Journal: Sendable, Codable, Equatable {
        /// The party, or the auditor.
        public var party: String
        /// Name of its log.
        public var origin: String
        /// Leaves of the checkpoint.
        public var size: UInt64
        /// Root of the tree over them, 64 hexadecimal digits.
        public var root: String
        /// The key that signed, whole, to be compared by eye.
        public var key: String
        /// Names of the other logs that cosigned it.
        public var cosigners: [String]
        /// How many must have, so that its leaves count as proved: more than half of ``others``.
        public var needed: Int
        /// How many other logs the exchange has.
        public var others: Int
    }

    /// Something that the leaves leave open.
    public struct Open: Sendable, Codable, Equatable {
        /// The leaf, and what does not follow from it.
        public var end: OpenEnd
        /// Leaves of the checkpoint that says no more.
        public var size: UInt64
        /// When that was cosigned last, Unix seconds; nil when nobody has.
        public var time: UInt64?
    }

    /// The exchange; empty when the package could not be read so far.
    public var exchange = ""
    /// The record.
    public var record = ""
    /// When the package says it was made.
    public var made = ""
    /// Whether the keys came from whoever checks; otherwise they are the package's own.
    public var keysAreTrusted: Bool
    /// Whether another program has written the archive since the package was made: then its files are judged, and not how
    /// they are packed.
    public var isRepacked = false
    /// The journals.
    public var journals: [Journal] = []
    /// Leaves whose proofs hold, under checkpoints that a quorum of the other logs has cosigned.
    public var leaves = 0
    /// Leaves whose proofs hold, under checkpoints that their own party alone, or too few others, have signed.
    public var signedAlone = 0
    /// Pinned checkpoints that the logs were shown to continue.
    public var continued = 0
    /// By how much the clocks of two parties may differ; milliseconds.
    public var skew: Int64 = 0
    /// Payloads that are bound to their leaves, and how many of those show something.
    public var payloads = 0
    /// Payloads of which something is shown.
    public var disclosed = 0
    /// The record's way, from the leaves that are proved.
    public var trace: RecordTrace?
    /// What the leaves leave open, each as of its log's checkpoint; empty where the record has come to its end.
    public var open: [Open] = []
    /// What does not hold.
    public var findings: [Finding] = []

    /// Whether all holds.
    public var holds: Bool { findings.isEmpty }

    mutating func add(_ file: String, _ text: String) { findings.append(Finding(file: file, text: text)) }

    /// JSON, keys sorted.
    public var json: Data {
        get throws { Data(try EvidenceJSON.encode(self)) }
    }

    /// For people.
    public var text: String {
        var lines = ["exchange \(exchange), package made \(made)"]
        lines += journals.map { journal in
            let names = journal.cosigners.isEmpty ? "" : ": " + journal.cosigners.joined(separator: ", ")
            return
                "\(journal.party): \(journal.size) leaves, root \(journal.root)\n    key \(journal.key)\n    cosigned by "
                + "\(journal.cosigners.count) of \(journal.others) other logs, \(journal.needed) needed\(names)"
        }
        if isRepacked {
            lines.append("the archive was written by another program since the package was made; its files are judged")
        }
        if !keysAreTrusted {
            lines.append("the keys are the package's own: compare them with yours, or give yours with --keys")
        }
        if let trace, !trace.steps.isEmpty { lines.append(trace.text) }
        var counts = "\(leaves) leaves proved, each under a checkpoint that more than half of the other logs cosigned"
        if signedAlone > 0 { counts += "; \(signedAlone) leaves signed, and not proved" }
        if continued > 0 { counts += "; \(continued) pinned checkpoints continued" }
        lines.append(counts + "; \(payloads) payloads bound to them, \(disclosed) disclosed")
        lines.append("times are compared as of clocks that differ by \(skew / 1_000) s at most")
        lines += findings.map { "\($0.file): \($0.text)" }
        lines += open.map { open in
            let time = open.time.map { " (\(TraceStep.clock(Int64(clamping: $0) * 1_000)))" } ?? ""
            return
                "open as of the checkpoint of \(open.size) leaves of \(open.end.party)\(time): leaf \(open.end.leaf): "
                + "\(open.end.text)"
        }
        let end = open.isEmpty ? "" : ", and the record's way is open in \(open.count) places"
        lines.append(holds ? "all evidence holds\(end)" : "NOT all evidence holds: \(findings.count) findings")
        return lines.joined(separator: "\n")
    }
}
