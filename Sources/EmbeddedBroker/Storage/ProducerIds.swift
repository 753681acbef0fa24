import NIOCore

/// Gives out producer ids that were never given out before, over all restarts.
///
/// Ids are reserved on disk in blocks before the first of a block is given, so an id costs no write of its own; what
/// is left of a block at a restart is never used.
final class ProducerIds {
    static let block: Int64 = 1_000

    private let path: String
    private let quota: DiskQuota?
    private var next: Int64
    private var reserved: Int64

    init(_ path: String, quota: DiskQuota?) throws(StorageError) {
        self.path = path
        self.quota = quota
        let (records, validSize, size) = try ChecksummedRecords.read(path)
        reserved = 0
        if size > 0 {
            guard validSize == size, var record = records.first,
                let value = try? record.integer("next id", as: Int64.self), value >= 0
            else { throw StorageError("make sense of", path, code: 0) }
            reserved = value
        }
        next = reserved
    }

    func take() throws(StorageError) -> Int64 {
        if next == reserved {
            var content = ByteBuffer()
            ChecksummedRecords.append(to: &content) { $0.integer(reserved + Self.block) }
            try FileTree.replace(path, with: content, quota: quota)
            reserved += Self.block
        }
        defer { next += 1 }
        return next
    }
}
