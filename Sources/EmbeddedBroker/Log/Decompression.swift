import NIOCore

/// Unpacks the records of a batch, for the one request that must look inside: a search by time.
enum Decompression {
    /// What a batch may unpack to at most: a small one that promises gigabytes is not unpacked.
    static let maximumBytes = 64 * 1_024 * 1_024

    /// The records of a batch; `nil` where they cannot be unpacked.
    ///
    /// - Parameter type: the batch's compression: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd (Kafka, "Record Batch").
    static func records(_ packed: ByteBuffer, type: Int16) -> ByteBuffer? {
        switch type {
        case 0: packed
        default: nil
        }
    }
}
