import ExchangeSchema
import Foundation
import Topology

/// One message on which two parties, or a party and its own earlier word, do not agree, with the leaves that say so.
public struct Disagreement: Sendable, Codable, Equatable {
    /// What is wrong with it.
    public var kind: AuditFinding.Kind
    /// Kind of message.
    public var type: String
    /// The message.
    public var message: String
    /// The record it is about; nil when no party's table knows one with this message.
    public var record: String?
    /// The party that should have received it, or did.
    public var to: String
    /// For people: what does not agree.
    public var text: String
    /// The leaves, the sender's first.
    public var evidence: [Side]

    /// What one party's journal says of the message.
    public struct Side: Sendable, Codable, Equatable {
        /// The party.
        public var party: String
        /// Number of the leaf, from 0.
        public var leaf: Int64
        /// What it decided; `sent` for the sender.
        public var decision: String
        /// The payload's digest in the leaf, 64 hexadecimal digits.
        public var digest: String
        /// Its clock reading; Unix milliseconds.
        public var time: Int64
        /// Where it was read; nil for the sender.
        public var topic: String?
        /// Partition it was read from.
        public var partition: Int32?
        /// Offset it was read from.
        public var offset: Int64?

        init(_ entry: CrossEntry, _ subject: AuditSubject) {
            party = subject.party
            leaf = entry.number
            decision = "\(entry.decision)"
            digest = entry.digest.description
            time = entry.time
            guard !entry.isSent else { return }
            topic = subject.reads.indices.contains(Int(entry.topic)) ? subject.reads[Int(entry.topic)].name : nil
            partition = entry.partition
            offset = entry.offset
        }

        /// One line for people.
        public var line: String {
            var line = "\(party) leaf \(leaf): \(decision), digest \(digest), \(AuditClock.text(time))"
            if let topic { line += ", \(topic)/\(partition ?? 0)@\(offset ?? 0)" }
            return line
        }
    }
}

/// Clock readings as people read them.
public enum AuditClock {
    /// UTC, ISO 8601 with milliseconds.
    /// - Parameter milliseconds: Unix time.
    public static func text(_ milliseconds: Int64) -> String { TraceStep.clock(milliseconds) }
}
