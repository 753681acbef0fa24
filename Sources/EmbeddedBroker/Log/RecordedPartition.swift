import NIOCore

/// What a partition holds in a broker's data directory, read beside a broker that runs or after it. Nothing is written and
/// no lock is taken.
public struct RecordedPartition {
    /// One record.
    public struct Record: Sendable, Equatable {
        /// Its offset.
        public var offset: Int64
        /// Unix milliseconds, as the producer or the broker set them.
        public var timestamp: Int64
        /// Its key; nil for none.
        public var key: [UInt8]?
        /// Its value; nil for none.
        public var value: [UInt8]?
        /// Its headers, in their order.
        public var headers: [Header]
    }

    /// One header of a record.
    public struct Header: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its value; empty where it has none.
        public var value: [UInt8]
    }

    /// How far the partition could be read.
    public struct End: Sendable, Equatable {
        /// The offset behind the last record that was read.
        public var offset: Int64
        /// What is wrong behind it, and in which file; nil for nothing. The last batch of a broker that runs may be on its
        /// way into the file.
        public var damage: String?
    }

    let directory: String

    /// The partition of a topic in a data directory; nil where it is not there.
    public init?(dataDirectory: String, topic: String, partition: Int32) {
        directory = DataDirectory.partitionPath(in: dataDirectory, topic, partition)
        guard FileTree.exists(directory) else { return nil }
    }

    /// Hands over the records in their order, a batch in memory at a time.
    /// - Throws: ``BrokerError`` when a file cannot be read.
    public func read(_ body: (Record) -> Void) throws(BrokerError) -> End {
        do throws(StorageError) {
            var end = End(offset: 0)
            for (place, base) in try SegmentRecovery.bases(in: directory).enumerated() {
                if place == 0 { end.offset = base }
                guard base == end.offset else {
                    end.damage = "offsets \(end.offset) to \(base - 1) are missing in \(directory)"
                    return end
                }
                end = try read(base: base, body)
                if end.damage != nil { return end }
            }
            return end
        } catch {
            throw BrokerError(error)
        }
    }

    private func read(base: Int64, _ body: (Record) -> Void) throws(StorageError) -> End {
        let path = Segment(baseOffset: base, directory: directory, quota: nil).logPath
        let file = try StorageFile(reading: path)
        let size = try file.size()
        return try unsafe file.withMapping(size: size) { bytes in
            var position = 0
            var unread: Int64?
            let scan = unsafe SegmentScan(bytes, baseOffset: base, verifyFrom: 0) { header in
                let batch = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...].prefix(header.totalSize))
                position += header.totalSize
                guard unread == nil else { return }
                let packed = unsafe ByteBuffer(bytes: batch.dropFirst(BatchHeader.size))
                if !Self.unpack(packed, header, body) { unread = header.baseOffset }
            }
            if let unread { return End(offset: unread, damage: "\(path): the batch at \(unread) cannot be unpacked") }
            return End(offset: scan.nextOffset, damage: scan.damage.map { "\(path), byte \(scan.validSize): \($0)" })
        }
    }

    /// - Returns: Whether all records of the batch could be read.
    static func unpack(_ packed: ByteBuffer, _ header: BatchHeader, _ body: (Record) -> Void) -> Bool {
        guard var records = Decompression.records(packed, type: header.compressionType) else { return false }
        for _ in 0..<header.recordCount {
            guard let length = records.readZigzagVarint(), length > 0, length <= records.readableBytes,
                var bytes = records.readSlice(length: Int(length)), let record = record(&bytes, header)
            else { return false }
            body(record)
        }
        return true
    }

    /// Kafka documentation, "Record".
    private static func record(_ bytes: inout ByteBuffer, _ header: BatchHeader) -> Record? {
        guard bytes.readInteger(as: UInt8.self) != nil, let timeDelta = bytes.readZigzagVarint(),
            let offsetDelta = bytes.readZigzagVarint(), let key = bytes.readPart(), let value = bytes.readPart(),
            let count = bytes.readZigzagVarint(), count >= 0, count <= bytes.readableBytes
        else { return nil }
        var headers: [Header] = []
        for _ in 0..<count {
            guard let name = bytes.readPart(), let value = bytes.readPart() else { return nil }
            headers.append(Header(name: String(decoding: name ?? [], as: UTF8.self), value: value ?? []))
        }
        return Record(
            offset: header.baseOffset &+ offsetDelta, timestamp: header.baseTimestamp &+ timeDelta, key: key,
            value: value, headers: headers)
    }
}

extension ByteBuffer {
    /// A length and so many bytes, as records have keys, values and headers: nil inside for none, outside where the bytes
    /// end before.
    fileprivate mutating func readPart() -> [UInt8]?? {
        guard let length = readZigzagVarint() else { return nil }
        if length < 0 { return .some(nil) }
        guard length <= readableBytes, let bytes = readBytes(length: Int(length)) else { return nil }
        return .some(bytes)
    }
}
