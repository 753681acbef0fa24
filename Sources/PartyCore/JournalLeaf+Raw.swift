import ExchangeSchema

extension JournalLeaf {
    /// Reads a stored leaf from where it lies, without copying: for those who go over millions of them. Takes exactly
    /// what ``init(stored:)`` takes; nil when the bytes are no leaf.
    public init?(raw bytes: UnsafeRawBufferPointer) {
        typealias Layout = StoredLeaf.Layout
        guard bytes.count == Self.width, bytes[Layout.version] == Self.version,
            let decision = Decision(rawValue: bytes[Layout.decision])
        else { return nil }
        func word(_ place: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        func identifier(_ place: Int) -> MessageIdentifier {
            MessageIdentifier(RecordIdentifier(high: word(place), low: word(place + 8)))
        }
        self.init(
            decision: decision, type: bytes[Layout.type],
            reason: UInt16(bytes[Layout.reason]) << 8 | UInt16(bytes[Layout.reason + 1]), topic: bytes[Layout.topic],
            partition: Int32(truncatingIfNeeded: word(Layout.partition) >> 32),
            offset: Int64(bitPattern: word(Layout.offset)), message: identifier(Layout.message),
            cause: identifier(Layout.cause), time: Int64(bitPattern: word(Layout.time)),
            digest: PayloadDigest(
                words: (
                    word(Layout.digest), word(Layout.digest + 8), word(Layout.digest + 16), word(Layout.digest + 24)
                )),
            previous: PreviousLeaf(stored: word(Layout.previous) >> 16),
            state: ShortDigest(high: word(Layout.state), low: word(Layout.state + 8)))
    }
}
