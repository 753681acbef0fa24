public import ExchangeSchema

/// One line of a party's journal: one message received or sent, what was decided, and digests instead of personal data.
///
/// Stored in ``width`` bytes, all numbers big-endian, in the order of the properties. The number of the leaf is not in
/// it: leaves are numbered from 0 without gaps, by their place.
public struct JournalLeaf: Sendable, Equatable {
    /// Bytes of a stored leaf.
    public static let width = 96
    /// Version of the layout.
    public static let version: UInt8 = 2

    /// What was decided; `sent` for a message of the party's own.
    public var decision: Decision
    /// Raw value of the message type; 0 when it could not be told.
    public var type: UInt8
    /// Raw value of the reason; 0 for none.
    public var reason: UInt16
    /// Place of the topic in the party's list; 255 for none.
    public var topic: UInt8
    /// Partition the message was read from. Of a message that was sent -1 or, where it went to the topic of one province,
    /// the code of the province (``sentProvince``).
    public var partition: Int32
    /// Offset it was read from; -1 when it was sent.
    public var offset: Int64
    /// The message.
    public var message: MessageIdentifier
    /// The message that caused it; zero when the party acted by itself or the message was received.
    public var cause: MessageIdentifier
    /// Clock reading; Unix milliseconds.
    public var time: Int64
    /// SHA-256 of the payload by parts, each salted: ``PayloadParts/commitment``. For a change of keys, and for what a
    /// person did, the SHA-256 of what says so.
    public var digest: PayloadDigest

    /// Takes all fields.
    public init(
        decision: Decision, type: UInt8, reason: UInt16, topic: UInt8, partition: Int32, offset: Int64,
        message: MessageIdentifier, cause: MessageIdentifier, time: Int64, digest: PayloadDigest
    ) {
        self.decision = decision
        self.type = type
        self.reason = reason
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.message = message
        self.cause = cause
        self.time = time
        self.digest = digest
    }

    /// The province to whose topic the message was sent, as the two digits of its code; nil for a message that went to
    /// all readers of its kind, and for one that was received.
    public var sentProvince: UInt8? {
        decision == .sent && partition > 0 ? UInt8(exactly: partition) : nil
    }

    /// Appends the stored form.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes.append(decision.rawValue)
        bytes.append(type)
        bytes.append(topic)
        withUnsafeBytes(of: reason.bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: [0, 0])
        withUnsafeBytes(of: partition.bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: [0, 0, 0, 0])
        withUnsafeBytes(of: (offset.bigEndian, time.bigEndian)) { bytes.append(contentsOf: $0) }
        message.uuid.appendBytes(to: &bytes)
        cause.uuid.appendBytes(to: &bytes)
        digest.appendBytes(to: &bytes)
    }

    /// Reads a stored leaf; nil when the bytes are none.
    public init?(stored bytes: ArraySlice<UInt8>) {
        guard let leaf = bytes.withUnsafeBytes({ JournalLeaf(raw: $0) }) else { return nil }
        self = leaf
    }
}

extension MessageIdentifier {
    /// No message.
    public static let none = MessageIdentifier(RecordIdentifier(high: 0, low: 0))
}
