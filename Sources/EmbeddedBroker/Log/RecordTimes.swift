import CCRC32C
import NIOCore

/// Offset and time of each record of a batch, read from the records' own small heads: length, attributes, time delta,
/// offset delta (Kafka documentation, "Record").
struct RecordTimes: Sequence, IteratorProtocol {
    private var records: ByteBuffer
    private let header: BatchHeader
    private var left: Int32

    /// Takes the unpacked records of a batch.
    init(_ records: ByteBuffer, of header: BatchHeader) {
        self.records = records
        self.header = header
        left = header.recordCount
    }

    /// The next record; nil behind the last one, and where the bytes are no record.
    mutating func next() -> (offset: Int64, timestamp: Int64)? {
        guard left > 0, let length = records.readZigzagVarint(), length > 0, length <= records.readableBytes,
            var record = records.readSlice(length: Int(length)), record.readInteger(as: UInt8.self) != nil,
            let timeDelta = record.readZigzagVarint(), let offsetDelta = record.readZigzagVarint()
        else { return nil }
        left -= 1
        return (header.baseOffset &+ offsetDelta, header.baseTimestamp &+ timeDelta)
    }
}

/// Puts right the greatest time in a batch's header. Some clients leave there the time of the first record, or none; a
/// search by time would then pass the batch over. Kafka's brokers compute it anew; here it is done where the header gives
/// one time for several records, or one before the first.
enum GreatestTime {
    private static let isLogAppendTime: Int16 = 0x08
    private static let place = (checksum: 17, checksummed: 21, maximum: 35)

    static func correct(_ batch: inout ByteBuffer, _ header: inout BatchHeader) {
        let isDoubtful =
            header.maxTimestamp < header.baseTimestamp
            || header.maxTimestamp == header.baseTimestamp && header.recordCount > 1
        guard isDoubtful, header.attributes & isLogAppendTime == 0 else { return }
        var packed = batch
        packed.moveReaderIndex(forwardBy: BatchHeader.size)
        guard let records = Decompression.records(packed, type: header.compressionType),
            let greatest = RecordTimes(records, of: header).map(\.timestamp).max(), greatest > header.maxTimestamp
        else { return }
        let start = batch.readerIndex
        header.maxTimestamp = greatest
        batch.setInteger(greatest, at: start + place.maximum)
        header.checksum = unsafe batch.withUnsafeReadableBytes { bytes in
            unsafe ccrc32c(0, bytes.baseAddress.map { unsafe $0 + place.checksummed }, bytes.count - place.checksummed)
        }
        batch.setInteger(header.checksum, at: start + place.checksum)
    }
}

extension ByteBuffer {
    /// A number as records have it: zigzag, seven bits a byte; nil where the bytes are none.
    mutating func readZigzagVarint() -> Int64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = readInteger(as: UInt8.self) else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        return nil
    }
}
