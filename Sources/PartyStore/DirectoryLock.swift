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
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // The descriptor is closed by `deinit`, which runs here too, for all properties are set.
            throw StoreError(.inUse, "\(directory) is used by another process; stop it, or give another --data")
        }
    }

    deinit { close(descriptor) }
}
