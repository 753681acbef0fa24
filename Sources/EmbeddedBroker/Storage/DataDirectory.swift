import Glibc
import NIOCore

/// The data directory: whose it is, of which version, and that nobody else works on it.
///
/// ```
/// DIR/format                      "closed-cycle-broker 1" and the cluster's id
/// DIR/lock                        held (flock) while a broker runs
/// DIR/boot                        the machine's boot at the last start
/// DIR/catalog, DIR/producer-ids   topics with their settings; the next block of producer ids
/// DIR/groups/offsets              committed offsets
/// DIR/topics/NAME-PARTITION/      segments
/// DIR/damaged-partitions          partitions that stand still because their files are damaged, a line each, as of the last
///                                 start; not there where there is none
/// ```
final class DataDirectory {
    static let format = "closed-cycle-broker 1"

    let path: String
    let clusterId: String
    /// Whether the machine has run on since the last broker here, so that nothing given to the kernel was lost.
    let sameBoot: Bool
    private let lock: CInt

    /// Opens or makes the directory and locks it until ``close()``.
    init(_ path: String) throws(BrokerError) {
        self.path = path
        do {
            try FileTree.makeDirectory(path)
            lock = try Self.lock(path + "/lock")
        } catch let error as StorageError {
            throw BrokerError(error)
        } catch let error as BrokerError {
            throw error
        } catch {
            throw BrokerError(.storage, "\(error)")
        }
        do {
            clusterId = try Self.checkFormat(of: path)
            sameBoot = try Self.noteBoot(in: path)
        } catch {
            Glibc.close(lock)
            throw error
        }
    }

    func close() { Glibc.close(lock) }

    var catalogPath: String { path + "/catalog" }
    var producerIdsPath: String { path + "/producer-ids" }
    var offsetsPath: String { path + "/groups/offsets" }
    var damagePath: String { path + "/damaged-partitions" }
    var topicsPath: String { path + "/topics" }
    func partitionPath(_ topic: String, _ partition: Int32) -> String {
        Self.partitionPath(in: path, topic, partition)
    }

    static func partitionPath(in path: String, _ topic: String, _ partition: Int32) -> String {
        path + "/topics/\(topic)-\(partition)"
    }

    private static func lock(_ path: String) throws -> CInt {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw BrokerError(
                .dataDirectoryInUse,
                "data directory is in use by another broker (\(path) is locked): stop it or choose another --data")
        }
        return descriptor
    }

    /// Reads the format file, or writes it into a directory that is empty but for our lock.
    private static func checkFormat(of directory: String) throws(BrokerError) -> String {
        let path = directory + "/format"
        do {
            if FileTree.exists(path) {
                let lines = try text(of: path).split(separator: "\n")
                guard lines.count == 2, lines[0] == format else {
                    throw BrokerError(
                        .wrongDataDirectory,
                        "\(directory) holds data of another version (\(lines.first ?? "empty format file"); this "
                            + "broker reads \(format)): use the broker that wrote it or choose another --data")
                }
                return String(lines[1])
            }
            guard try FileTree.names(in: directory).allSatisfy({ ["lock", "format.new"].contains($0) }) else {
                throw BrokerError(
                    .wrongDataDirectory,
                    "\(directory) is not empty and not a broker's data directory: choose another --data")
            }
            let clusterId = newClusterId()
            try replace(path, with: "\(format)\n\(clusterId)\n")
            return clusterId
        } catch let error as StorageError {
            throw BrokerError(error)
        } catch let error as BrokerError {
            throw error
        } catch {
            throw BrokerError(.storage, "\(error)")
        }
    }

    /// Compares the machine's boot id with the one noted here, and notes it. Source: proc(5), `random/boot_id`.
    private static func noteBoot(in directory: String) throws(BrokerError) -> Bool {
        let path = directory + "/boot"
        do {
            let current = (try? text(of: "/proc/sys/kernel/random/boot_id")) ?? ""
            let known = FileTree.exists(path) ? try text(of: path) : nil
            if known == current && !current.isEmpty { return true }
            try replace(path, with: current)
            return false
        } catch {
            throw BrokerError(error)
        }
    }

    private static func text(of path: String) throws(StorageError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw StorageError("read", path) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private static func replace(_ path: String, with text: String) throws(StorageError) {
        try FileTree.replace(path, with: ByteBuffer(string: text))
    }

    /// Sixteen random bytes in Kafka's manner: 22 characters of URL-safe base64.
    private static func newClusterId() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String((0..<22).map { _ in alphabet[Int.random(in: 0..<64)] })
    }
}

extension FileTree {
    static func replace(_ path: String, with content: ByteBuffer, quota: DiskQuota? = nil) throws(StorageError) {
        let outcome = unsafe content.withUnsafeReadableBytes { bytes in
            Result { () throws(StorageError) in try unsafe replace(path, with: bytes, quota: quota) }
        }
        try outcome.get()
    }
}
