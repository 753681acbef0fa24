import CCRC32C
import NIOCore
import Testing

@testable import EmbeddedBroker

/// Record batches made by hand, uncompressed, with one header-less record for each value.
struct SampleBatch {
    var values: [String] = ["value"]
    var timestamps: [Int64]?
    var producerId: Int64 = -1
    var producerEpoch: Int16 = -1
    var baseSequence: Int32 = -1
    var attributes: Int16 = 0
    var firstTimestamp: Int64 = 1_000
    /// The greatest time as the header says it; by default the right one.
    var greatestTimestamp: Int64?

    var bytes: ByteBuffer {
        let times = timestamps ?? values.indices.map { firstTimestamp + Int64($0) }
        var checked = WireWriter(flexible: false)
        checked.integer(attributes)
        checked.integer(Int32(values.count - 1))
        checked.integer(times[0])
        checked.integer(greatestTimestamp ?? times.max() ?? times[0])
        checked.integer(producerId)
        checked.integer(producerEpoch)
        checked.integer(baseSequence)
        checked.integer(Int32(values.count))
        for (index, value) in values.enumerated() {
            var record = WireWriter(flexible: false)
            record.integer(Int8(0))
            record.unsignedVarint(Self.zigzag(Int(times[index] - times[0])))
            record.unsignedVarint(Self.zigzag(index))
            record.unsignedVarint(Self.zigzag(-1))
            record.unsignedVarint(Self.zigzag(value.utf8.count))
            record.buffer.writeString(value)
            record.unsignedVarint(0)
            checked.unsignedVarint(Self.zigzag(record.buffer.readableBytes))
            checked.buffer.writeImmutableBuffer(record.buffer)
        }
        let checksum = checked.buffer.withUnsafeReadableBytes { ccrc32c(0, $0.baseAddress, $0.count) }
        var batch = ByteBuffer()
        batch.writeInteger(Int64(0))
        batch.writeInteger(Int32(9 + checked.buffer.readableBytes))
        batch.writeInteger(Int32(-1))
        batch.writeInteger(Int8(2))
        batch.writeInteger(checksum)
        batch.writeImmutableBuffer(checked.buffer)
        return batch
    }

    var header: BatchHeader {
        get throws { try #require(bytes.withUnsafeReadableBytes { BatchHeader($0) }) }
    }

    private static func zigzag(_ value: Int) -> Int { value >= 0 ? 2 * value : -2 * value - 1 }
}

/// The base offsets of the batches in a piece of log.
func baseOffsets(in log: ByteBuffer) -> [Int64] {
    var rest = log
    var offsets: [Int64] = []
    while let header = rest.withUnsafeReadableBytes({ BatchHeader($0) }), header.totalSize <= rest.readableBytes {
        offsets.append(header.baseOffset)
        rest.moveReaderIndex(forwardBy: header.totalSize)
    }
    return offsets
}
