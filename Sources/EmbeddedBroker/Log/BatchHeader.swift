import CCRC32C

/// The fixed head of a record batch, format version 2 ("magic 2"). The records behind it are never looked into.
///
/// Source: Kafka documentation, "Record Batch". The checksum covers everything from the attributes on, so base
/// offset and leader epoch can be set without touching it.
struct BatchHeader: Equatable {
    /// Bytes of the head; the records follow.
    static let size = 61
    /// The part the broker writes itself: base offset (8), batch length (4) and leader epoch (4).
    static let ownedSize = 16
    /// Base offset and batch length: what `batchLength` does not count.
    static let lengthOverhead = 12
    /// Where the format's version stands.
    static let magicAt = 16
    private static let checksummedFrom = 21

    var baseOffset: Int64
    var batchLength: Int32
    var magic: Int8
    var checksum: UInt32
    var attributes: Int16
    var lastOffsetDelta: Int32
    var baseTimestamp: Int64
    var maxTimestamp: Int64
    var producerId: Int64
    var producerEpoch: Int16
    var baseSequence: Int32
    var recordCount: Int32

    /// Reads the head at the start of `bytes`; `nil` where there are too few bytes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.size else { return nil }
        func load<T: FixedWidthInteger>(_ offset: Int) -> T {
            unsafe T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        baseOffset = load(0)
        batchLength = load(8)
        magic = load(Self.magicAt)
        checksum = load(17)
        attributes = load(21)
        lastOffsetDelta = load(23)
        baseTimestamp = load(27)
        maxTimestamp = load(35)
        producerId = load(43)
        producerEpoch = load(51)
        baseSequence = load(53)
        recordCount = load(57)
    }

    /// Bytes of the whole batch. Never overflows: it is computed in 64 bits from a 32-bit field.
    var totalSize: Int { Self.lengthOverhead + Int(batchLength) }
    var lastOffset: Int64 { baseOffset &+ Int64(lastOffsetDelta) }
    var isCompressed: Bool { attributes & 0x07 != 0 }
    var compressionType: Int16 { attributes & 0x07 }
    var isTransactional: Bool { attributes & 0x10 != 0 }
    var isControl: Bool { attributes & 0x20 != 0 }
    var hasProducer: Bool { producerId >= 0 }

    /// Whether the fields agree with each other, as far as this can be seen without reading a record.
    var isPlausible: Bool {
        magic == 2 && totalSize >= Self.size && recordCount > 0 && lastOffsetDelta == recordCount - 1
    }

    /// Whether the checksum holds for `batch`, the whole batch from its base offset on.
    func checksumHolds(over batch: UnsafeRawBufferPointer) -> Bool {
        guard let start = batch.baseAddress, batch.count >= Self.size else { return false }
        return unsafe ccrc32c(0, start + Self.checksummedFrom, batch.count - Self.checksummedFrom) == checksum
    }
}
