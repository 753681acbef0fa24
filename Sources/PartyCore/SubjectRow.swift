public import ExchangeSchema
import Vocabulary

/// What binds a subject's row to the journal: the last leaf about it, and what is kept for it.
public struct EvidenceLink: Sendable, Equatable {
    /// Number of the last leaf about the subject; -1 for none.
    public var last: Int64
    /// The digests of all that is kept for the subject (``KeptEntry/digest``), put together.
    public var kept: ShortDigest

    /// Takes both.
    public init(last: Int64 = -1, kept: ShortDigest = .none) {
        self.last = last
        self.kept = kept
    }
}

/// All that a party has stored about one subject, but for the bytes that it keeps: words and link. What the state in a leaf
/// is the seal of.
public struct SubjectRow: Sendable, Equatable {
    /// Bytes of the stored form: five words (little-endian), the number of the last leaf (little-endian, signed), and the
    /// digest of what is kept.
    public static let width = 64

    /// The record, or whatever else leaves are about.
    public var subject: RecordIdentifier
    /// Its state; zero for what is no record.
    public var words: RecordWords
    /// What binds it to the journal.
    public var link: EvidenceLink

    /// Takes all fields.
    public init(_ subject: RecordIdentifier, words: RecordWords = .none, link: EvidenceLink) {
        self.subject = subject
        self.words = words
        self.link = link
    }

    /// Reads the stored form; nil when it has another length.
    public init?(_ subject: RecordIdentifier, stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.width else { return nil }
        func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
        self.init(
            subject,
            words: RecordWords(
                word(0).littleEndian, word(1).littleEndian, word(2).littleEndian, word(3).littleEndian,
                word(4).littleEndian),
            link: EvidenceLink(
                last: Int64(bitPattern: word(5).littleEndian),
                kept: ShortDigest(high: UInt64(bigEndian: word(6)), low: UInt64(bigEndian: word(7)))))
    }

    /// Lends the stored form.
    @inlinable
    public func withStored<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var row = (
            words.first.littleEndian, words.second.littleEndian, words.third.littleEndian, words.fourth.littleEndian,
            words.fifth.littleEndian, link.last.littleEndian, link.kept.high.bigEndian, link.kept.low.bigEndian
        )
        return try withUnsafeBytes(of: &row) { bytes throws(Failure) in try body(bytes) }
    }

    /// The seal that the last leaf about the subject has: over the subject (16 bytes), the words (40, little-endian), and what
    /// is kept (16), if anything is. Where phase and feedback are below 16, as they are, they are one byte together: so that it
    /// is one block of SHA-256. The number of the leaf is said by where the seal stands.
    public func seal(_ key: SaltKey) -> ShortDigest {
        withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { scratch in
            var count = 0
            func put(_ value: some FixedWidthInteger) {
                scratch.storeBytes(of: value, toByteOffset: count, as: type(of: value))
                count += MemoryLayout.size(ofValue: value)
            }
            put(subject.high.bigEndian)
            put(subject.low.bigEndian)
            let first = words.first
            let (phase, feedback) = (UInt8(truncatingIfNeeded: first), UInt8(truncatingIfNeeded: first >> 24))
            if phase < 16, feedback < 16 {
                put(phase | feedback << 4)
                put(UInt16(truncatingIfNeeded: first >> 8).littleEndian)
                put(UInt32(truncatingIfNeeded: first >> 32).littleEndian)
            } else {
                put(first.littleEndian)
            }
            put(words.second.littleEndian)
            put(words.third.littleEndian)
            put(words.fourth.littleEndian)
            put(words.fifth.littleEndian)
            if link.kept != .none {
                put(link.kept.high.bigEndian)
                put(link.kept.low.bigEndian)
            }
            return key.seal(of: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        }
    }
}

extension RecordWords {
    /// Of what is no record.
    public static let none = RecordWords(0, 0, 0, 0, 0)
}

extension KeptEntry {
    /// What stands for the entry in the row of its record. Of the payload of a message that was received: the first half of
    /// what the leaf says of it. Of anything else: half of SHA-256 over position, record and time (big-endian, 8, 16 and 8
    /// bytes), and the bytes.
    public var digest: ShortDigest {
        if let origin {
            let words = PayloadDigest(
                of: bytes.span.bytes, type: MessageType(rawValue: origin.type), salt: origin.salt
            ).words
            return ShortDigest(high: words.0, low: words.1)
        }
        return withUnsafeBytes(of: (position.bigEndian, record.high.bigEndian, record.low.bigEndian, since.bigEndian)) {
            head in bytes.withUnsafeBytes { ShortDigest(of: head, $0) }
        }
    }
}
