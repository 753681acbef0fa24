import NIOCore

extension PartitionLog {
    /// The first record at or after `timestamp` (milliseconds since 1970); `nil` where all are older.
    ///
    /// Exact for uncompressed batches. A compressed batch is not unpacked: its first record is named instead, so a
    /// reader that starts there may see a few older records, but misses none.
    func record(atOrAfter timestamp: Int64) throws(StorageError) -> (offset: Int64, timestamp: Int64)? {
        for segment in segments where segment.maxTimestamp >= timestamp {
            let wasActive = segment === active
            defer { if !wasActive { segment.release() } }
            guard let (header, position) = try segment.batch(atOrAfter: timestamp) else { continue }
            guard header.baseOffset < highWatermark else { return nil }
            if header.isCompressed { return (header.baseOffset, max(timestamp, header.baseTimestamp)) }
            var batch = ByteBufferAllocator().buffer(capacity: header.totalSize)
            try segment.file().append(header.totalSize, at: position, to: &batch)
            batch.moveReaderIndex(forwardBy: min(BatchHeader.size, batch.readableBytes))
            return Self.firstRecord(in: &batch, of: header, atOrAfter: timestamp)
                ?? (header.baseOffset, max(timestamp, header.baseTimestamp))
        }
        return nil
    }

    /// Walks the records' own small headers: length, attributes, timestamp delta, offset delta (zigzag varints).
    private static func firstRecord(
        in records: inout ByteBuffer, of header: BatchHeader, atOrAfter timestamp: Int64
    ) -> (offset: Int64, timestamp: Int64)? {
        for _ in 0..<header.recordCount {
            guard let length = records.readZigzagVarint(), length > 0, length <= records.readableBytes,
                var record = records.readSlice(length: Int(length)), record.readInteger(as: UInt8.self) != nil,
                let timeDelta = record.readZigzagVarint(), let offsetDelta = record.readZigzagVarint()
            else { return nil }
            let time = header.baseTimestamp &+ timeDelta
            if time >= timestamp { return (header.baseOffset &+ offsetDelta, time) }
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
