public import ExchangeSchema

/// One line of a party's journal: one message received or sent, what was decided, and digests instead of personal data.
///
/// Stored in ``width`` bytes, all numbers big-endian. The number of the leaf is not in it: leaves are numbered from 0
/// without gaps, by their place.
///
/// | bytes | what |
/// |---|---|
/// | 0 | version, 3 |
/// | 1 | decision |
/// | 2 | type |
/// | 3 | topic |
/// | 4 to 5 | reason |
/// | 6 to 11 | the leaf before it about the same subject: ``PreviousLeaf`` |
/// | 12 to 15 | partition, signed |
/// | 16 to 23 | offset, signed |
/// | 24 to 31 | clock reading |
/// | 32 to 47 | message |
/// | 48 to 63 | cause |
/// | 64 to 95 | digest |
/// | 96 to 111 | state |
public struct JournalLeaf: Sendable, Equatable {
    /// Bytes of a stored leaf.
    public static let width = 112
    /// Version of the layout.
    public static let version: UInt8 = 3

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
    /// The leaf before it about the same subject: a record, or whatever else a message's `ce_subject` names.
    public var previous: PreviousLeaf
    /// Seal of what the party has stored about the subject once the batch of this leaf is committed (``SubjectRow/seal(_:)``);
    /// zero where a later leaf of the batch is about the same subject.
    public var state: ShortDigest

    /// Takes all fields.
    public init(
        decision: Decision, type: UInt8, reason: UInt16, topic: UInt8, partition: Int32, offset: Int64,
        message: MessageIdentifier, cause: MessageIdentifier, time: Int64, digest: PayloadDigest,
        previous: PreviousLeaf = .none,
        state: ShortDigest = .none
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
        self.previous = previous
        self.state = state
    }

    /// The province to whose topic the message was sent, as the two digits of its code; nil for a message that went to
    /// all readers of its kind, and for one that was received.
    public var sentProvince: UInt8? {
        decision == .sent && partition > 0 ? UInt8(exactly: partition) : nil
    }

    /// The leaf without what binds it to others of its journal: what the step itself says.
    public var step: JournalLeaf {
        var leaf = self
        leaf.previous = .none
        leaf.state = .none
        return leaf
    }

    /// Appends the stored form.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes.append(decision.rawValue)
        bytes.append(type)
        bytes.append(topic)
        withUnsafeBytes(of: reason.bigEndian) { bytes.append(contentsOf: $0) }
        // Six bytes of the eight are the number's.
        withUnsafeBytes(of: previous.stored.bigEndian) { bytes.append(contentsOf: $0[2...]) }
        withUnsafeBytes(of: partition.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: (offset.bigEndian, time.bigEndian)) { bytes.append(contentsOf: $0) }
        message.uuid.appendBytes(to: &bytes)
        cause.uuid.appendBytes(to: &bytes)
        digest.appendBytes(to: &bytes)
        withUnsafeBytes(of: (state.high.bigEndian, state.low.bigEndian)) { bytes.append(contentsOf: $0) }
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
