import NIOCore

/// How far a piece of log just read consists of whole batches that consumers may see.
struct WholeBatches {
    var bytes = 0
    /// The offset behind the last whole batch.
    private(set) var nextOffset: Int64 = -1
    /// The size of the first batch, whole or not; `nil` where not even its header is there.
    private(set) var firstSize: Int?

    /// Looks at the readable bytes of `buffer` from `start` on; batches at or above `limit` are left out.
    init(in buffer: ByteBuffer, from start: Int, below limit: Int64) {
        unsafe buffer.withUnsafeReadableBytes { readable in
            let all = unsafe UnsafeRawBufferPointer(rebasing: readable.dropFirst(start - buffer.readerIndex))
            while let header = unsafe BatchHeader(UnsafeRawBufferPointer(rebasing: all.dropFirst(bytes))),
                header.totalSize >= BatchHeader.size, header.baseOffset < limit
            {
                if firstSize == nil { firstSize = header.totalSize }
                guard bytes + header.totalSize <= all.count else { break }
                bytes += header.totalSize
                nextOffset = header.lastOffset + 1
            }
        }
    }
}

extension StorageFile {
    /// Reads `count` bytes at `position` straight into the free space of `buffer`.
    func append(_ count: Int, at position: Int, to buffer: inout ByteBuffer) throws(StorageError) {
        buffer.reserveCapacity(minimumWritableBytes: count)
        let outcome = unsafe buffer.withUnsafeMutableWritableBytes { target in
            Result { () throws(StorageError) in
                try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: target.prefix(count)), at: position)
            }
        }
        buffer.moveWriterIndex(forwardBy: try outcome.get())
    }
}
