import CDecompression
import NIOCore

/// The records of a batch, for the one request that must look inside: a search by time.
enum Decompression {
    /// Room that is given at first, and at most: a few bytes must not unpack to fill the memory. A batch that needs more
    /// is answered for by its first record, which is never too late.
    static let room = 1 << 20...64 << 20

    /// The records of a batch; `nil` where they cannot be unpacked.
    ///
    /// - Parameter type: the batch's compression: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd (Kafka, "Record Batch").
    static func records(_ packed: ByteBuffer, type: Int16) -> ByteBuffer? {
        if type == 0 { return packed }
        var room = room.lowerBound
        while room <= self.room.upperBound {
            var written = 0
            var status = CInt(CDECOMPRESSION_DAMAGED)
            var unpacked = ByteBufferAllocator().buffer(capacity: room)
            unsafe packed.withUnsafeReadableBytes { bytes in
                _ = unsafe unpacked.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { space in
                    status = unsafe cdecompression_unpack(
                        CInt(type), bytes.baseAddress, bytes.count, space.baseAddress, room, &written)
                    return status == CInt(CDECOMPRESSION_DONE) ? written : 0
                }
            }
            if status == CInt(CDECOMPRESSION_DONE) { return unpacked }
            guard status == CInt(CDECOMPRESSION_NO_ROOM) else { return nil }
            room *= 4
        }
        return nil
    }
}
