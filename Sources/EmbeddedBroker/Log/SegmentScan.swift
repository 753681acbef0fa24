/// Walks the batch headers of a segment from its beginning: rebuilds its index and finds where good data ends.
struct SegmentScan {
    /// Why the walk ended before the end of the file.
    enum Damage: Equatable, CustomStringConvertible {
        case cutShort
        case notABatch
        case offsetsDoNotFollow
        case checksumWrong

        var description: String {
            switch self {
            case .cutShort: "the last batch is incomplete"
            case .notABatch: "bytes that are no record batch"
            case .offsetsDoNotFollow: "a batch whose offset does not follow the one before"
            case .checksumWrong: "a batch whose checksum is wrong"
            }
        }
    }

    private(set) var validSize = 0
    private(set) var nextOffset: Int64
    private(set) var maxTimestamp: Int64 = -1
    private(set) var index = SparseIndex()
    private(set) var damage: Damage?

    /// Scans `bytes`, the whole segment file.
    ///
    /// - Parameters:
    ///   - verifyFrom: checksums are recomputed from this position on. Headers are checked everywhere.
    ///   - visit: called with every good batch, in order.
    init(
        _ bytes: UnsafeRawBufferPointer, baseOffset: Int64, verifyFrom: Int, visit: (BatchHeader) -> Void
    ) {
        nextOffset = baseOffset
        while validSize < bytes.count, damage == nil {
            damage = unsafe step(UnsafeRawBufferPointer(rebasing: bytes[validSize...]), verifyFrom, visit)
        }
    }

    /// Takes in the batch at the head of `rest`, or says what is wrong with it.
    private mutating func step(
        _ rest: UnsafeRawBufferPointer, _ verifyFrom: Int, _ visit: (BatchHeader) -> Void
    ) -> Damage? {
        guard let header = unsafe BatchHeader(rest) else { return .cutShort }
        guard header.isPlausible else { return .notABatch }
        guard header.totalSize <= rest.count else { return .cutShort }
        guard header.baseOffset == nextOffset else { return .offsetsDoNotFollow }
        if validSize >= verifyFrom {
            let batch = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(header.totalSize))
            guard unsafe header.checksumHolds(over: batch) else { return .checksumWrong }
        }
        index.note(offset: header.baseOffset, position: validSize, maxTimestampBefore: maxTimestamp)
        visit(header)
        validSize += header.totalSize
        nextOffset = header.lastOffset + 1
        maxTimestamp = max(maxTimestamp, header.maxTimestamp)
        return nil
    }
}
