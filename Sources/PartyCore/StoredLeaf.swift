public import ExchangeSchema

/// A leaf where it lies among the stored leaves of a journal, without being read: for those who go over millions and want
/// a few. The one place, beside ``JournalLeaf/append(to:)``, that knows where what stands in a stored leaf.
public struct StoredLeaf {
    private let bytes: UnsafeRawBufferPointer

    /// Takes the bytes of one leaf, which must outlive it.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Raw value of the decision.
    public var decision: UInt8 { bytes[Layout.decision] }
    /// Raw value of the type; 0 when it could not be told.
    public var type: UInt8 { bytes[Layout.type] }
    /// Place of the topic in the party's list.
    public var topic: UInt8 { bytes[Layout.topic] }
    /// Raw value of the reason; 0 for none.
    public var reason: UInt16 { UInt16(bytes[Layout.reason]) << 8 | UInt16(bytes[Layout.reason + 1]) }
    /// The low word of the message identifier: enough to dismiss most leaves.
    public var messageLow: UInt64 { word(Layout.message + 8) }
    /// The leaf before it about the same subject.
    public var previous: PreviousLeaf { PreviousLeaf(stored: word(Layout.previous) >> 16) }
    /// Seal of the state behind it; zero for none.
    public var state: ShortDigest { ShortDigest(high: word(Layout.state), low: word(Layout.state + 8)) }
    /// The whole leaf; nil when the bytes are none.
    public var leaf: JournalLeaf? { JournalLeaf(raw: bytes) }

    private func word(_ place: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// Where each property begins.
    enum Layout {
        static let version = 0
        static let decision = 1
        static let type = 2
        static let topic = 3
        static let reason = 4
        static let previous = 6
        static let partition = 12
        static let offset = 16
        static let time = 24
        static let message = 32
        static let cause = 48
        static let digest = 64
        static let state = 96
    }
}

/// The stored leaves of a batch, end to end; bytes behind the last whole one are left out.
public struct StoredLeaves: RandomAccessCollection {
    private let bytes: UnsafeRawBufferPointer
    /// Number of leaves.
    public let count: Int

    /// Takes stored leaves, which must outlive it.
    public init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        count = bytes.count / JournalLeaf.width
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// Number of leaves.
    public var endIndex: Int { count }

    /// The leaf at a place.
    public subscript(_ place: Int) -> StoredLeaf {
        let at = place * JournalLeaf.width
        return StoredLeaf(UnsafeRawBufferPointer(rebasing: bytes[at..<at + JournalLeaf.width]))
    }
}
