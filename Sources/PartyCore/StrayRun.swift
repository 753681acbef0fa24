public import ExchangeSchema

/// Messages that no party of the topology sent, as they stand one behind the other in a partition. They are about no record,
/// and a journal has one leaf for a whole run of them: so whoever floods a topic does not fill it.
///
/// In the leaf, `offset` is the first one's, and the low word of `cause` says how many there are.
public struct StrayRun: Sendable, Equatable {
    /// Where the first one was read.
    public var place: MessagePlace
    /// How many there are, at least 1.
    public private(set) var count: Int64 = 1
    /// Of one message the digest of its value, as of a payload of unknown type without a salt. Of more: SHA-256 of the digest of
    /// those before and the digest of the next.
    public private(set) var digest: PayloadDigest

    /// A run of one message.
    /// - Parameter digest: That of its value.
    public init(at place: MessagePlace, _ digest: PayloadDigest) {
        self.place = place
        self.digest = digest
    }

    /// Offset of the last one.
    public var last: Int64 { place.offset &+ count &- 1 }

    /// Adds the message behind the last one.
    /// - Parameter next: Digest of its value.
    public mutating func add(_ next: PayloadDigest) {
        var both: [UInt8] = []
        both.reserveCapacity(64)
        digest.appendBytes(to: &both)
        next.appendBytes(to: &both)
        digest = PayloadDigest(of: both.span.bytes)
        count += 1
    }

    /// The run that a leaf says; nil for a leaf about anything else, and for one that says no number.
    public init?(_ leaf: JournalLeaf) {
        guard leaf.decision == .stray, let count = Int64(exactly: leaf.cause.uuid.low), count > 0,
            leaf.offset <= Int64.max - count
        else { return nil }
        place = MessagePlace(topic: leaf.topic, partition: leaf.partition, offset: leaf.offset)
        self.count = count
        digest = leaf.digest
    }

    /// Its leaf.
    /// - Parameter time: Clock reading; Unix milliseconds.
    public func leaf(at time: Int64) -> JournalLeaf {
        JournalLeaf(
            decision: .stray, type: 0, reason: 0, topic: place.topic, partition: place.partition, offset: place.offset,
            message: .none, cause: MessageIdentifier(RecordIdentifier(high: 0, low: UInt64(count))), time: time,
            digest: digest)
    }
}

extension JournalLeaf {
    /// Offset of the last message that the leaf is about: of a run of strays the last one's.
    public var lastOffset: Int64 { StrayRun(self)?.last ?? offset }
}
