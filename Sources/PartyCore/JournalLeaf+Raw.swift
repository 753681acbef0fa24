import ExchangeSchema

extension JournalLeaf {
    /// Reads a stored leaf from where it lies, without copying: for those who go over millions of them. Takes exactly
    /// what ``init(stored:)`` takes; nil when the bytes are no leaf.
    public init?(raw bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.width, bytes[0] == Self.version, let decision = Decision(rawValue: bytes[1]),
            bytes[6] == 0, bytes[7] == 0, bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self) == 0
        else { return nil }
        func word(_ offset: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        func identifier(_ offset: Int) -> MessageIdentifier {
            MessageIdentifier(RecordIdentifier(high: word(offset), low: word(offset + 8)))
        }
        self.init(
            decision: decision, type: bytes[2], reason: UInt16(bytes[4]) << 8 | UInt16(bytes[5]), topic: bytes[3],
            partition: Int32(truncatingIfNeeded: word(8) >> 32), offset: Int64(bitPattern: word(16)),
            message: identifier(32), cause: identifier(48), time: Int64(bitPattern: word(24)),
            digest: PayloadDigest(words: (word(64), word(72), word(80), word(88))))
    }
}
