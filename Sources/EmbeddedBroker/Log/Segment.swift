/// One file of a partition's log: record batches one behind the other, from `baseOffset` on.
///
/// Lives on the broker's event loop. A closed segment opens its file only while somebody reads it.
final class Segment {
    let baseOffset: Int64
    let directory: String
    private let quota: DiskQuota?
    private(set) var size = 0
    private(set) var nextOffset: Int64
    private(set) var maxTimestamp: Int64 = -1
    /// In memory for the active segment and for a closed one that was searched lately.
    private var index: SparseIndex?
    private var openFile: StorageFile?

    init(baseOffset: Int64, directory: String, quota: DiskQuota?) {
        self.baseOffset = baseOffset
        self.directory = directory
        self.quota = quota
        nextOffset = baseOffset
    }

    var isEmpty: Bool { size == 0 }
    var logPath: String { path(".log") }
    var indexPath: String { path(".index") }
    var producersPath: String { path(".producers") }

    private func path(_ suffix: String) -> String { directory + "/" + Self.name(of: baseOffset) + suffix }

    /// Twenty digits, so that names sort as the offsets do.
    static func name(of baseOffset: Int64) -> String {
        let digits = String(baseOffset)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }

    func file() throws(StorageError) -> StorageFile {
        if let openFile { return openFile }
        let file = try StorageFile(logPath, quota: quota)
        openFile = file
        return file
    }

    /// Lets go of what can be fetched again: the descriptor and the index of a closed segment.
    func release() {
        openFile = nil
        index = nil
    }

    // MARK: Opening

    func adopt(_ summary: SparseIndex.Summary) {
        size = summary.size
        nextOffset = summary.nextOffset
        maxTimestamp = summary.maxTimestamp
    }

    func adopt(_ scan: SegmentScan) {
        size = scan.validSize
        nextOffset = scan.nextOffset
        maxTimestamp = scan.maxTimestamp
        index = scan.index
    }

    // MARK: Writing

    /// Puts a batch at the end. On failure the file is cut back to what it held before; if even that fails, the
    /// error says so with operation "truncate" and the segment must not be written again.
    func append(
        head: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer, header: BatchHeader, baseOffset: Int64
    ) throws(StorageError) {
        let file = try file()
        do {
            try unsafe file.write(head, body, at: size)
        } catch {
            try file.truncate(to: size)
            throw error
        }
        if index == nil { index = SparseIndex() }
        index?.note(offset: baseOffset, position: size, maxTimestampBefore: maxTimestamp)
        size += head.count + body.count
        nextOffset = baseOffset + Int64(header.recordCount)
        maxTimestamp = max(maxTimestamp, header.maxTimestamp)
    }

    /// Puts the index into its file; the segment can be closed then.
    func saveIndex() throws(StorageError) {
        try (index ?? SparseIndex()).save(
            to: indexPath, baseOffset: baseOffset,
            summary: .init(nextOffset: nextOffset, size: size, maxTimestamp: maxTimestamp), quota: quota)
    }

    func delete() throws(StorageError) {
        release()
        try FileTree.remove(logPath)
        try FileTree.remove(indexPath)
        try FileTree.remove(producersPath)
    }

    // MARK: Searching

    /// The position of the batch that holds `offset`, or of the first one behind it.
    func position(ofOffset offset: Int64) throws(StorageError) -> Int {
        if offset <= baseOffset { return 0 }
        return try walk(from: loadedIndex().position(forOffset: offset)) { $0.lastOffset >= offset }?.position ?? size
    }

    /// The first batch that reaches to `timestamp` or beyond and to `offset` or beyond.
    func batch(
        atOrAfter timestamp: Int64, from offset: Int64
    ) throws(StorageError) -> (header: BatchHeader, position: Int)? {
        guard maxTimestamp >= timestamp, nextOffset > offset else { return nil }
        return try walk(from: loadedIndex().position(forTimestamp: timestamp)) {
            $0.maxTimestamp >= timestamp && $0.lastOffset >= offset
        }
    }

    private func loadedIndex() throws(StorageError) -> SparseIndex {
        if let index { return index }
        let loaded = SparseIndex.load(from: indexPath, baseOffset: baseOffset)?.index ?? SparseIndex()
        index = loaded
        return loaded
    }

    /// Steps from batch to batch until one is wanted, reading a block of headers' neighbourhood at a time.
    private func walk(
        from start: Int, until isWanted: (BatchHeader) -> Bool
    ) throws(StorageError) -> (header: BatchHeader, position: Int)? {
        let file = try file()
        var block = [UInt8](repeating: 0, count: 2 * SparseIndex.interval)
        var blockStart = start
        var blockSize = 0
        var position = start
        while position < size {
            if position < blockStart || position + BatchHeader.size > blockStart + blockSize {
                blockStart = position
                blockSize = try unsafe block.withUnsafeMutableBytesTyped { bytes throws(StorageError) in
                    try unsafe file.read(into: bytes, at: blockStart)
                }
            }
            let header = unsafe block.withUnsafeBytes {
                unsafe BatchHeader(UnsafeRawBufferPointer(rebasing: $0[(position - blockStart)..<blockSize]))
            }
            guard let header, header.totalSize >= BatchHeader.size else {
                throw StorageError("find a record batch at byte \(position) of", logPath, code: 0)
            }
            if isWanted(header) { return (header, position) }
            position += header.totalSize
        }
        return nil
    }
}

extension [UInt8] {
    /// As the standard library's, but keeping the type of the error.
    fileprivate mutating func withUnsafeMutableBytesTyped<T>(
        _ body: (UnsafeMutableRawBufferPointer) throws(StorageError) -> T
    ) throws(StorageError) -> T {
        let outcome = unsafe withUnsafeMutableBytes { bytes in
            Result { () throws(StorageError) in try unsafe body(bytes) }
        }
        return try outcome.get()
    }
}
