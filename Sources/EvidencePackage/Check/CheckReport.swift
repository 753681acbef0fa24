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
        /// Who cosigned.
        public var cosigners: [String]
    }

    /// The exchange; empty when the package could not be read so far.
    public var exchange = ""
    /// The record.
    public var record = ""
    /// When the package says it was made.
    public var made = ""
    /// Whether the keys came from whoever checks; otherwise they are the package's own.
    public var keysAreTrusted: Bool
    /// The journals.
    public var journals: [Journal] = []
    /// Leaves whose proofs hold.
    public var leaves = 0
    /// Payloads that are bound to their leaves, and how many of those show something.
    public var payloads = 0
    /// Payloads of which something is shown.
    public var disclosed = 0
    /// The record's way, from the leaves that are proved.
    public var trace: RecordTrace?
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
            let cosigners =
                journal.cosigners.isEmpty ? "" : ", cosigned by " + journal.cosigners.joined(separator: ", ")
            return "\(journal.party): \(journal.size) leaves, root \(journal.root)\(cosigners)\n    key \(journal.key)"
        }
        if !keysAreTrusted {
            lines.append("the keys are the package's own: compare them with yours, or give yours with --keys")
        }
        if let trace, !trace.steps.isEmpty { lines.append(trace.text) }
        lines.append("\(leaves) leaves proved, \(payloads) payloads bound to them, \(disclosed) disclosed")
        lines += findings.map { "\($0.file): \($0.text)" }
        lines.append(holds ? "all evidence holds" : "NOT all evidence holds: \(findings.count) findings")
        return lines.joined(separator: "\n")
    }
}
