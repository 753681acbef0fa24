import NIOCore

extension PartitionLog {
    /// The first record at or after `timestamp` (milliseconds since 1970); `nil` where all are older.
    ///
    /// Exact where the batch can be unpacked (``Decompression``); of one that cannot, its first record is named instead,
    /// so that a reader that starts there may see a few older records, but misses none.
    func record(atOrAfter timestamp: Int64) throws(StorageError) -> (offset: Int64, timestamp: Int64)? {
        var from = startOffset
        for segment in segments where segment.maxTimestamp >= timestamp {
            let wasActive = segment === active
            defer { if !wasActive { segment.release() } }
            while let (header, position) = try segment.batch(atOrAfter: timestamp, from: from) {
                guard header.baseOffset < highWatermark else { return nil }
                if let found = try record(of: header, at: position, in: segment, timestamp, from) { return found }
                from = header.lastOffset + 1
            }
        }
        return nil
    }

    /// The record with the largest timestamp, the first one of several.
    func newestRecord() throws(StorageError) -> (offset: Int64, timestamp: Int64)? {
        guard let newest = segments.filter({ !$0.isEmpty }).map(\.maxTimestamp).max() else { return nil }
        return try record(atOrAfter: newest)
    }

    /// The first record of one batch at or after `timestamp` and from `offset` on.
    private func record(
        of header: BatchHeader, at position: Int, in segment: Segment, _ timestamp: Int64, _ offset: Int64
    ) throws(StorageError) -> (offset: Int64, timestamp: Int64)? {
        var batch = ByteBufferAllocator().buffer(capacity: header.totalSize)
        try segment.file().append(header.totalSize, at: position, to: &batch)
        batch.moveReaderIndex(forwardBy: min(BatchHeader.size, batch.readableBytes))
        guard let records = Decompression.records(batch, type: header.compressionType) else {
            return (max(header.baseOffset, offset), max(timestamp, header.baseTimestamp))
        }
        return RecordTimes(records, of: header).first { $0.timestamp >= timestamp && $0.offset >= offset }
    }
}
