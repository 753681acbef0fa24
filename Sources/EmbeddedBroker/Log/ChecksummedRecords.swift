import CCRC32C
import NIOCore

/// Small records in a file, each as length (4 bytes), CRC-32C (4 bytes) and content: the form of everything the
/// broker keeps beside the logs. A torn or damaged record ends the reading; what stands before it is good.
enum ChecksummedRecords {
    static let overhead = 8

    /// Appends one record to `target`; `content` writes it.
    static func append(to target: inout ByteBuffer, _ content: (inout WireWriter) -> Void) {
        var writer = WireWriter(flexible: false)
        content(&writer)
        let checksum = unsafe writer.buffer.withUnsafeReadableBytes { unsafe ccrc32c(0, $0.baseAddress, $0.count) }
        target.writeInteger(UInt32(truncatingIfNeeded: writer.buffer.readableBytes))
        target.writeInteger(checksum)
        target.writeImmutableBuffer(writer.buffer)
    }

    /// Reads every good record of a file and the size of the part that holds them. A missing file has none.
    static func read(_ path: String) throws(StorageError) -> (records: [WireReader], validSize: Int, size: Int) {
        guard FileTree.exists(path) else { return ([], 0, 0) }
        let file = try StorageFile(path)
        let size = try file.size()
        var content = ByteBufferAllocator().buffer(capacity: size)
        let outcome = unsafe content.withUnsafeMutableWritableBytes { target in
            Result { () throws(StorageError) in
                try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: target.prefix(size)), at: 0)
            }
        }
        content.moveWriterIndex(forwardBy: try outcome.get())
        var records: [WireReader] = []
        var validSize = 0
        while let record = next(&content) {
            validSize += overhead + record.readableBytes
            records.append(WireReader(record, flexible: false))
        }
        return (records, validSize, size)
    }

    private static func next(_ content: inout ByteBuffer) -> ByteBuffer? {
        guard let length = content.readInteger(as: UInt32.self), let checksum = content.readInteger(as: UInt32.self),
            let record = content.readSlice(length: Int(length)),
            unsafe record.withUnsafeReadableBytes({ unsafe ccrc32c(0, $0.baseAddress, $0.count) }) == checksum
        else { return nil }
        return record
    }
}
