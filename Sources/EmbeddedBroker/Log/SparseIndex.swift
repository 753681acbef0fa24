import CCRC32C

/// Where in a segment to begin looking for an offset or a time: one entry for every few dozen KiB of log.
///
/// While a segment is written its index lives in memory (bounded by the segment's size); when the segment closes it
/// becomes the file `BASE.index`: entries of 16 bytes, little-endian, then a tail of 16 bytes with their checksum.
struct SparseIndex: Equatable {
    struct Entry: Equatable {
        var offset: Int64
        var position: Int
        /// The largest timestamp of all batches *before* this position, so that a search by time may start here.
        var maxTimestampBefore: Int64
    }

    /// What is known of a closed segment from its index alone.
    struct Summary: Equatable {
        var nextOffset: Int64
        var size: Int
        var maxTimestamp: Int64
    }

    static let interval = 32 * 1_024
    private static let entrySize = 16
    private static let mark: UInt32 = 0x5849_4343

    private(set) var entries: [Entry] = []

    /// Notes a batch, if enough bytes have passed since the last one noted.
    mutating func note(offset: Int64, position: Int, maxTimestampBefore: Int64) {
        if let last = entries.last, position - last.position < Self.interval { return }
        entries.append(Entry(offset: offset, position: position, maxTimestampBefore: maxTimestampBefore))
    }

    /// The last place at or before `offset`.
    func position(forOffset offset: Int64) -> Int {
        entries[..<firstIndex { $0.offset > offset }].last?.position ?? 0
    }

    /// The last place before which no batch reaches `timestamp`.
    func position(forTimestamp timestamp: Int64) -> Int {
        entries[..<firstIndex { $0.maxTimestampBefore >= timestamp }].last?.position ?? 0
    }

    /// Binary search: the entries are sorted by all three of their fields.
    private func firstIndex(where isBeyond: (Entry) -> Bool) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: The file

    /// Writes the entries and, as the last one, the summary.
    func save(to path: String, baseOffset: Int64, summary: Summary, quota: DiskQuota?) throws(StorageError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((entries.count + 2) * Self.entrySize)
        let last = Entry(
            offset: summary.nextOffset, position: summary.size, maxTimestampBefore: summary.maxTimestamp)
        for entry in entries + [last] {
            Self.append(UInt32(truncatingIfNeeded: entry.offset - baseOffset), to: &bytes)
            Self.append(UInt32(truncatingIfNeeded: entry.position), to: &bytes)
            Self.append(UInt64(bitPattern: entry.maxTimestampBefore), to: &bytes)
        }
        let checksum = unsafe bytes.withUnsafeBytes { unsafe ccrc32c(0, $0.baseAddress, $0.count) }
        Self.append(Self.mark, to: &bytes)
        Self.append(checksum, to: &bytes)
        Self.append(UInt64(entries.count), to: &bytes)
        let outcome = unsafe bytes.withUnsafeBytes { content in
            Result { () throws(StorageError) in try unsafe FileTree.overwrite(path, with: content, quota: quota) }
        }
        try outcome.get()
    }

    /// Reads an index file; `nil` where it is missing, short or damaged: then it is rebuilt from the log.
    static func load(from path: String, baseOffset: Int64) -> (index: SparseIndex, summary: Summary)? {
        guard FileTree.exists(path), let file = try? StorageFile(path), let size = try? file.size(),
            size >= 2 * entrySize, size % entrySize == 0
        else { return nil }
        let decoded = unsafe try? file.withMapping(size: size) { bytes in unsafe decode(bytes, baseOffset: baseOffset) }
        return decoded ?? nil
    }

    private static func decode(
        _ bytes: UnsafeRawBufferPointer, baseOffset: Int64
    ) -> (index: SparseIndex, summary: Summary)? {
        func load<T: FixedWidthInteger>(_ position: Int) -> T {
            unsafe T(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: T.self))
        }
        let body = bytes.count - entrySize
        let checksum: UInt32 = load(body + 4)
        guard load(body) == mark, unsafe ccrc32c(0, bytes.baseAddress, body) == checksum else { return nil }
        var index = SparseIndex()
        for position in stride(from: 0, to: body, by: entrySize) {
            let relative: UInt32 = load(position)
            let place: UInt32 = load(position + 4)
            index.entries.append(
                Entry(
                    offset: baseOffset + Int64(relative), position: Int(place),
                    maxTimestampBefore: load(position + 8)))
        }
        guard let last = index.entries.popLast() else { return nil }
        return (
            index, Summary(nextOffset: last.offset, size: last.position, maxTimestamp: last.maxTimestampBefore)
        )
    }

    private static func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}
