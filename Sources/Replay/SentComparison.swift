import ExchangeSchema
import PartyCore
import Vocabulary

/// Compares what was sent then with what is sent today, message by message.
///
/// Both go by the message's identifier and not by their place: what a core does by itself may fall into another batch.
/// Nothing is held of what agrees.
struct SentComparison {
    /// A message sent then.
    struct Recorded {
        var number: Int64
        var leaf: JournalLeaf
        var record: RecordIdentifier?
    }

    /// A message sent today.
    struct Today {
        var leaf: JournalLeaf
        var record: RecordIdentifier
        var payload: [UInt8]
    }

    /// A message sent both times, with another digest.
    struct Changed {
        var difference: RerunDifference
        /// Whether the causes differ, so that equal contents do not settle it.
        var isForCause: Bool
        /// Today's content; nil when too much is held already.
        var payload: [UInt8]?
        /// Digest of today's content, without a salt.
        var plain: PayloadDigest
    }

    /// Messages whose digests and causes agree.
    private(set) var agreed = 0
    private(set) var changed: [MessageIdentifier: [Changed]] = [:]
    private var recorded: [MessageIdentifier: [Recorded]] = [:]
    private var today: [MessageIdentifier: [Today]] = [:]
    private var heldBytes = 0
    /// Contents held for the comparison by field, bytes; beyond it the fields are not named.
    private static let mostHeldBytes = 64 << 20

    /// Notes that both lists of a batch are the same.
    mutating func noteAgreement(_ count: Int) { agreed += count }

    mutating func note(_ entry: Recorded) {
        let message = entry.leaf.message
        if let other = Self.take(&today, message) {
            compare(entry, other)
        } else {
            recorded[message, default: []].append(entry)
        }
    }

    mutating func note(_ entry: Today) {
        let message = entry.leaf.message
        if let other = Self.take(&recorded, message) {
            compare(other, entry)
        } else {
            today[message, default: []].append(entry)
        }
    }

    private static func take<Entry>(_ map: inout [MessageIdentifier: [Entry]], _ key: MessageIdentifier) -> Entry? {
        guard var list = map[key], !list.isEmpty else { return nil }
        let first = list.removeFirst()
        map[key] = list.isEmpty ? nil : list
        return first
    }

    private mutating func compare(_ then: Recorded, _ now: Today) {
        guard then.leaf.digest != now.leaf.digest || then.leaf.cause != now.leaf.cause else {
            agreed += 1
            return
        }
        let isForCause = then.leaf.cause != now.leaf.cause
        let difference = RerunDifference(
            leaf: then.number, message: then.leaf.message, type: MessageType(rawValue: then.leaf.type),
            record: now.record, recorded: "sent",
            today: isForCause ? "sent for another cause" : "sent with other content")
        let fits = heldBytes + now.payload.count <= Self.mostHeldBytes
        if fits { heldBytes += now.payload.count }
        changed[then.leaf.message, default: []].append(
            Changed(
                difference: difference, isForCause: isForCause, payload: fits ? now.payload : nil,
                plain: PayloadDigest(of: now.payload)))
    }

    /// Messages sent on one side only.
    var oneSided: [RerunDifference] {
        let missing = recorded.values.joined().map { entry in
            RerunDifference(
                leaf: entry.number, message: entry.leaf.message, type: MessageType(rawValue: entry.leaf.type),
                record: entry.record, recorded: "sent", today: "not sent")
        }
        let added = today.values.joined().map { entry in
            RerunDifference(
                leaf: nil, message: entry.leaf.message, type: MessageType(rawValue: entry.leaf.type),
                record: entry.record, recorded: "not sent", today: "sent")
        }
        return missing + added
    }

    /// Messages whose recorded contents are of use: those changed, and those of which only the recorded side knows.
    var unresolved: Set<MessageIdentifier> {
        Set(changed.keys).union(recorded.values.joined().filter { $0.record == nil }.map(\.leaf.message))
    }
}
