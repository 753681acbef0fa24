import ExchangeSchema
import PartyCore

/// One leaf in the comparison of parties.
struct CrossEntry {
    var message: MessageIdentifier
    var digest: PayloadDigest
    var number: Int64
    var time: Int64
    var offset: Int64
    var partition: Int32
    /// Place of the party in the list of subjects.
    var party: UInt16
    var type: UInt8
    /// Place of the topic in the reader's list; 255 when it was sent.
    var topic: UInt8
    var decision: Decision

    init(_ leaf: JournalLeaf, number: Int64, party: Int) {
        message = leaf.message
        digest = leaf.digest
        self.number = number
        time = leaf.time
        offset = leaf.offset
        partition = leaf.partition
        self.party = UInt16(clamping: party)
        type = leaf.type
        topic = leaf.topic
        decision = leaf.decision
    }

    /// Where it was read.
    var place: MessagePlace { MessagePlace(topic: topic, partition: partition, offset: offset) }

    var isSent: Bool { decision == .sent }

    /// The province to whose topic it was sent; nil for a message to all, and for one that was received.
    var sentProvince: UInt8? { isSent && partition > 0 ? UInt8(exactly: partition) : nil }

    var isObserved: Bool { decision == .observed }

    /// Whether the message had an effect, of which a message may have one at each party.
    var isEffect: Bool { decision.isEffect }

    /// Messages together, and of each first what was sent, and last what the auditor saw.
    static func precedes(_ first: CrossEntry, _ second: CrossEntry) -> Bool {
        if first.message != second.message { return first.message.uuid < second.message.uuid }
        if first.isSent != second.isSent { return first.isSent }
        if first.isObserved != second.isObserved { return second.isObserved }
        return (first.party, first.number) < (second.party, second.number)
    }
}
