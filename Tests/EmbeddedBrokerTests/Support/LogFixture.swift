import Logging
import NIOCore

@testable import EmbeddedBroker

/// One partition's log in a directory of its own, opened as the broker opens it.
struct LogFixture {
    let directory: TemporaryDirectory
    var segmentBytes = 1_000_000
    var sameBoot = true
    var quota: DiskQuota?

    init() throws { directory = try TemporaryDirectory() }

    func open() throws -> PartitionLog {
        let path = directory.data
        let opened = try SegmentRecovery(directory: path, sameBoot: sameBoot, quota: quota, logger: .silent).open()
        return PartitionLog(
            topic: "topic", partition: 0, directory: path, segmentBytes: segmentBytes, opened: opened, quota: quota,
            logger: .silent)
    }
}

extension PartitionLog {
    @discardableResult
    func add(_ batch: SampleBatch) throws -> Int64 {
        let bytes = batch.bytes
        let offset = try append(bytes, header: batch.header)
        publish(upTo: endOffset, bytes: bytes.readableBytes)
        return offset
    }

    /// Everything from `offset` on, as a consumer gets it, a read at a time.
    func readAll(from offset: Int64 = 0, maximumBytes: Int = 1_000_000) throws -> [Int64] {
        var found: [Int64] = []
        var next = offset
        while let place = try place(of: next) {
            var buffer = ByteBuffer()
            guard try read(from: place, maximumBytes: maximumBytes, atLeastOne: true, into: &buffer) > 0 else { break }
            while let header = buffer.withUnsafeReadableBytes({ BatchHeader($0) }) {
                found.append(header.baseOffset)
                next = header.lastOffset + 1
                buffer.moveReaderIndex(forwardBy: header.totalSize)
            }
        }
        return found
    }
}
