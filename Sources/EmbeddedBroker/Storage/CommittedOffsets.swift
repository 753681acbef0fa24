import Logging
import NIOCore

/// The offsets that consumer groups have committed: in memory, and in an append-only file that is written before a
/// commit is acknowledged and made anew when most of it is out of date.
final class CommittedOffsets {
    struct Key: Hashable {
        var group: String
        var topic: String
        var partition: Int32
    }

    struct Commit: Equatable {
        var offset: Int64
        var leaderEpoch: Int32
        var metadata: String?
    }

    /// Beyond this number nothing new is kept: names of groups cost nothing to invent.
    static let maximumCommits = 1_000_000
    /// Stands in the file for a commit that was deleted.
    private static let deleted = Int64.min
    /// Below this size the file is never made anew.
    private static let compactionFloor = 1 * 1_024 * 1_024

    private let path: String
    private let quota: DiskQuota?
    private(set) var file: StorageFile
    private var size: Int
    private var compactAt = compactionFloor
    private(set) var commits: [Key: Commit] = [:]

    init(_ path: String, quota: DiskQuota?, logger: Logger) throws(StorageError) {
        self.path = path
        self.quota = quota
        if let slash = path.lastIndex(of: "/") { try FileTree.makeDirectory(String(path[..<slash])) }
        let (records, validSize, size) = try ChecksummedRecords.read(path)
        file = try StorageFile(path, quota: quota)
        self.size = validSize
        if validSize < size {
            try file.truncate(to: validSize)
            logger.warning(
                "torn end of the committed offsets cut off",
                metadata: ["file": "\(path)", "removed": "\(size - validSize)"])
        }
        for record in records {
            var record = record
            guard let (key, commit) = try? Self.decode(&record) else {
                throw StorageError("make sense of", path, code: 0)
            }
            commits[key] = commit.offset == Self.deleted ? nil : commit
        }
        compactAt = max(Self.compactionFloor, 4 * encoded(commits).readableBytes)
    }

    /// Keeps all of `new`, or nothing: on failure the file is cut back.
    func keep(_ new: [Key: Commit]) throws(StorageError) {
        guard !new.isEmpty else { return }
        let content = encoded(new)
        do {
            try file.write(content, at: size)
        } catch {
            try file.truncate(to: size)
            throw error
        }
        size += content.readableBytes
        commits.merge(new) { _, newest in newest }
        if size > compactAt { compact() }
    }

    /// Forgets commits, as surely as they were kept.
    func forget(_ keys: [Key]) throws(StorageError) {
        let gone = keys.filter { commits[$0] != nil }
        let stone = Commit(offset: Self.deleted, leaderEpoch: -1, metadata: nil)
        try keep(Dictionary(gone.map { ($0, stone) }) { first, _ in first })
        for key in gone { commits[key] = nil }
    }

    var isFull: Bool { commits.count >= Self.maximumCommits }

    /// Groups that have committed something.
    var groups: Set<String> { Set(commits.keys.map(\.group)) }

    func keys(ofGroup group: String) -> [Key] { commits.keys.filter { $0.group == group } }

    func keys(ofTopic topic: String) -> [Key] { commits.keys.filter { $0.topic == topic } }

    func commit(of group: String, _ topic: String, _ partition: Int32) -> Commit? {
        commits[Key(group: group, topic: topic, partition: partition)]
    }

    /// A failure here loses nothing, for the commit is in the old file: it is tried again when that has doubled.
    private func compact() {
        let content = encoded(commits)
        do {
            try FileTree.replace(path, with: content, quota: quota)
            file = try StorageFile(path, quota: quota)
            size = content.readableBytes
            compactAt = max(Self.compactionFloor, 4 * size)
        } catch {
            compactAt = 2 * size
        }
    }

    private func encoded(_ commits: [Key: Commit]) -> ByteBuffer {
        var content = ByteBufferAllocator().buffer(capacity: 64 * commits.count)
        for (key, commit) in commits {
            ChecksummedRecords.append(to: &content) { writer in
                writer.string(key.group)
                writer.string(key.topic)
                writer.integer(key.partition)
                writer.integer(commit.offset)
                writer.integer(commit.leaderEpoch)
                writer.nullableString(commit.metadata)
            }
        }
        return content
    }

    private static func decode(_ record: inout WireReader) throws(ProtocolError) -> (Key, Commit) {
        let key = Key(
            group: try record.string("group"), topic: try record.string("topic"),
            partition: try record.integer("partition"))
        return (
            key,
            Commit(
                offset: try record.integer("offset"), leaderEpoch: try record.integer("leader epoch"),
                metadata: try record.nullableString("metadata"))
        )
    }
}

extension StorageFile {
    func write(_ content: ByteBuffer, at position: Int) throws(StorageError) {
        let outcome = unsafe content.withUnsafeReadableBytes { bytes in
            Result { () throws(StorageError) in try unsafe write(bytes, at: position) }
        }
        try outcome.get()
    }
}
