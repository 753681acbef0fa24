import NIOCore

/// The records of a batch, for the one request that must look inside: a search by time. Only batches that are not
/// compressed can be looked into; of any other the search names the first record, which is never too late.
enum Decompression {
    /// The records of a batch; `nil` where they cannot be unpacked.
    ///
    /// - Parameter type: the batch's compression: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd (Kafka, "Record Batch").
    static func records(_ packed: ByteBuffer, type: Int16) -> ByteBuffer? { type == 0 ? packed : nil }
}
