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
    /// Places that hold nothing yet, and so must be zero: a leaf has one stored form only.
    private static let unused = [6, 7, 12, 13, 14, 15]

    /// What was decided; `sent` for a message of the party's own.
    public var decision: Decision
    /// Raw value of the message type; 0 when it could not be told.
    public var type: UInt8
    /// Raw value of the reason; 0 for none.
    public var reason: UInt16
    /// Place of the topic in the party's list; 255 for none.
    public var topic: UInt8
    /// Partition the message was read from; -1 when it was sent.
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
        let at = bytes.startIndex
        guard bytes.count == Self.width, bytes[at] == Self.version, let decision = Decision(rawValue: bytes[at + 1]),
            Self.unused.allSatisfy({ bytes[at + $0] == 0 })
        else { return nil }
        func word(_ offset: Int) -> UInt64 {
            bytes[at + offset..<at + offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        func identifier(_ offset: Int) -> MessageIdentifier {
            MessageIdentifier(RecordIdentifier(high: word(offset), low: word(offset + 8)))
        }
        self.init(
            decision: decision, type: bytes[at + 2], reason: UInt16(bytes[at + 4]) << 8 | UInt16(bytes[at + 5]),
            topic: bytes[at + 3], partition: Int32(truncatingIfNeeded: word(8) >> 32),
            offset: Int64(bitPattern: word(16)), message: identifier(32), cause: identifier(48),
            time: Int64(bitPattern: word(24)), digest: PayloadDigest(words: (word(64), word(72), word(80), word(88))))
    }
}

extension MessageIdentifier {
    /// No message.
    public static let none = MessageIdentifier(RecordIdentifier(high: 0, low: 0))
}
