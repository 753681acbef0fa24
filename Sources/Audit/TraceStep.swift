import ExchangeSchema
import Foundation
import PartyCore
import Topology
import Vocabulary

/// One leaf of a record's way.
public struct TraceStep: Sendable, Codable, Equatable {
    /// Whose journal says so.
    public var party: String
    /// Number of the leaf.
    public var leaf: Int64
    /// Clock reading there; Unix milliseconds.
    public var time: Int64
    /// Whether the party sent the message; otherwise it received it.
    public var isSent: Bool
    /// Kind of message.
    public var type: String
    /// Revision of the record that it is about.
    public var revision: UInt32
    /// The message.
    public var message: String
    /// The message that caused it; nil when it was received, or the party acted by itself.
    public var cause: String?
    /// What was decided.
    public var decision: String
    /// Why it was refused.
    public var reason: String?
    /// Where it was read.
    public var topic: String?
    /// Partition it was read from.
    public var partition: Int32?
    /// Offset it was read from.
    public var offset: Int64?
    /// SHA-256 of the payload.
    public var digest: String
    /// What MoH's axis found of a signature, in words; nil for a message of the exchange.
    public var verdict: String?
    /// How far along the cycle: the place of the type on the route.
    var stage: UInt8

    init(_ found: RecordLeaf, on route: Route) {
        let leaf = found.leaf
        party = found.party
        self.leaf = found.number
        time = leaf.time
        isSent = leaf.decision == .sent
        type = found.type.name
        revision = found.revision
        message = leaf.message.description
        cause = leaf.cause == .none ? nil : leaf.cause.description
        decision = "\(leaf.decision)"
        reason = leaf.reason == 0 ? nil : ReasonCode(rawValue: leaf.reason)?.text ?? "reason \(leaf.reason)"
        if !isSent {
            topic = found.topic
            partition = leaf.partition
            offset = leaf.offset
        }
        digest = leaf.digest.description
        stage = route.place(of: found.type)
    }

    /// A verdict of MoH's axis, which comes before all messages.
    init(_ found: VerdictLeaf) {
        party = found.party
        leaf = found.number
        time = found.leaf.time
        isSent = false
        type = found.verdict.check == .messageSignature ? "messageSignature" : "organisationSignature"
        revision = 1
        message = found.leaf.message.description
        decision = "\(found.verdict.outcome)"
        reason = ReasonCode(rawValue: found.leaf.reason)?.text
        digest = found.leaf.digest.description
        verdict = found.text
        stage = 0
    }

    /// A clock reading for people, in UTC.
    public static func clock(_ milliseconds: Int64) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
    }
}
