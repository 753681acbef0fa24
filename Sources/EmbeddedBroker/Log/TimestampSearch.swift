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
        guard var records = Decompression.records(batch, type: header.compressionType) else {
            return (max(header.baseOffset, offset), max(timestamp, header.baseTimestamp))
        }
        return Self.firstRecord(in: &records, of: header, atOrAfter: timestamp, from: offset)
    }

    /// Walks the records' own small headers: length, attributes, timestamp delta, offset delta (zigzag varints).
    private static func firstRecord(
        in records: inout ByteBuffer, of header: BatchHeader, atOrAfter timestamp: Int64, from first: Int64
    ) -> (offset: Int64, timestamp: Int64)? {
        for _ in 0..<header.recordCount {
            guard let length = records.readZigzagVarint(), length > 0, length <= records.readableBytes,
                var record = records.readSlice(length: Int(length)), record.readInteger(as: UInt8.self) != nil,
                let timeDelta = record.readZigzagVarint(), let offsetDelta = record.readZigzagVarint()
            else { return nil }
            let time = header.baseTimestamp &+ timeDelta
            let offset = header.baseOffset &+ offsetDelta
            if time >= timestamp && offset >= first { return (offset, time) }
        }
        return nil
    }
}

extension ByteBuffer {
    fileprivate mutating func readZigzagVarint() -> Int64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = readInteger(as: UInt8.self) else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        return nil
    }
}
