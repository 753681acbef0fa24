import NIOCore

/// The offset below which DeleteRecords has cleared a partition, in a file `start-offset` beside its segments.
enum StartOffset {
    private static func path(_ directory: String) -> String { directory + "/start-offset" }

    static func save(_ offset: Int64, in directory: String, quota: DiskQuota?) throws(StorageError) {
        var content = ByteBuffer()
        ChecksummedRecords.append(to: &content) { $0.integer(offset) }
        try FileTree.replace(path(directory), with: content, quota: quota)
    }

    /// 0 where nothing was ever cleared. A file that is replaced as a whole is damaged only by the disk itself.
    static func load(from directory: String) throws(StorageError) -> Int64 {
        let (records, validSize, size) = try ChecksummedRecords.read(path(directory))
        if size == 0 { return 0 }
        guard validSize == size, var record = records.first, let offset = try? record.integer("offset", as: Int64.self),
            offset >= 0
        else { throw StorageError("make sense of", path(directory), code: 0) }
        return offset
    }
}
