import NIOCore

/// What must hold of a batch before it is stored, in the order in which Kafka's brokers look.
enum BatchCheck {
    enum Outcome: Equatable {
        case good(BatchHeader)
        case refused(ErrorCode, String)
    }

    /// zstd, the highest compression type there is.
    private static let lastCompressionType: Int16 = 4

    static func check(_ batch: ByteBuffer, maximumBytes: Int) -> Outcome {
        unsafe batch.withUnsafeReadableBytes { bytes in
            guard let header = unsafe BatchHeader(bytes) else {
                return .refused(.corruptMessage, "\(bytes.count) bytes are too few for a record batch")
            }
            guard header.magic == 2 else {
                return .refused(.unsupportedForMessageFormat, "message format \(header.magic): only 2 is accepted")
            }
            guard header.totalSize >= BatchHeader.size, header.totalSize <= bytes.count else {
                return .refused(.corruptMessage, "the batch's length does not agree with what came")
            }
            guard header.totalSize == bytes.count else {
                return .refused(.invalidRecord, "more than one record batch for one partition")
            }
            guard bytes.count <= maximumBytes else {
                return .refused(.messageTooLarge, "a batch of \(bytes.count) bytes exceeds \(maximumBytes)")
            }
            guard unsafe header.checksumHolds(over: bytes) else {
                return .refused(.corruptMessage, "the batch's checksum is wrong")
            }
            guard header.isPlausible, !header.isControl, !header.isTransactional else {
                return .refused(.invalidRecord, "the batch's header contradicts itself, or is of a transaction")
            }
            guard header.compressionType <= lastCompressionType else {
                return .refused(.unsupportedCompressionType, "compression type \(header.compressionType)")
            }
            return .good(header)
        }
    }
}
