import Foundation

/// Holds a data directory for one process, by a lock that the kernel lets go of when the process ends in any way.
public final class DirectoryLock {
    private let descriptor: Int32

    /// Takes the lock of a directory that exists, by a file `lock` in it.
    /// - Throws: ``StoreError``: `inUse` when another process holds it.
    public init(directory: String) throws(StoreError) {
        let path = directory + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StoreError(.database, "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        guard Self.take(descriptor) else {
            // The descriptor is closed by `deinit`, which runs here too, for all properties are set.
            throw StoreError(.inUse, "\(directory) is used by another process; stop it, or give another --data")
        }
    }

    /// A lock is also held by copies of the descriptor, and a child that this process is just starting has one until it
    /// becomes another program: so a few tries, a tenth of a second in all.
    private static func take(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(5_000)
        }
        return false
    }

    deinit { close(descriptor) }
}
