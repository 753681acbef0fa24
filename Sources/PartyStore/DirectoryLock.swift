import Dispatch
import Foundation
import Synchronization

/// Holds a data directory for one process, by a lock that the kernel lets go of when the process ends in any way.
public final class DirectoryLock {
    private let descriptor: Int32

    /// Takes the lock of a directory that exists, by a file `lock` in it.
    /// - Parameters:
    ///   - patience: How long to wait for the process that holds it, which may be about to end.
    ///   - notice: Told, once, that it is waited for, and whom.
    /// - Throws: ``StoreError``: `inUse` when another process still holds it after that.
    public init(
        directory: String, patience: Duration = .zero, notice: (String) -> Void = { _ in }
    ) throws(StoreError) {
        let path = Self.path(directory)
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StoreError(.database, unsafe "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        // The descriptor is closed by `deinit`, which runs after a throw too, for all properties are set.
        if Self.take(descriptor) { return }
        let holder = Self.holder(descriptor).map { " (\($0))" } ?? ""
        if patience > .zero {
            notice(
                "\(directory) is still held by another process\(holder); waiting up to \(patience.components.seconds) s for its end"
            )
            if LockWait(descriptor).succeeds(within: patience) { return }
        }
        throw StoreError(.inUse, "\(directory) is used by another process; stop it\(holder), or give another --data")
    }

    /// Whether a process holds a directory now. Writes nothing, and needs no permission to.
    public static func isHeld(directory: String) -> Bool {
        let descriptor = unsafe open(path(directory), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private static func path(_ directory: String) -> String { directory + "/lock" }

    /// A lock is also held by copies of the descriptor, and a child that this process is just starting has one until it
    /// becomes another program; and whoever asks whether it is held has it for a moment. So a few tries, a tenth of a
    /// second in all.
    private static func take(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(5_000)
        }
        return false
    }

    /// The process that took the lock, as the kernel lists it; nil where it does not say. The list is read in pieces of 4 KiB and
    /// may lack a lock while others come and go: beside hundreds of databases five readings were once all without it.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        for _ in 0..<50 {
            guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return nil }
            for line in locks.split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(status.st_ino)") {
                    return Int32(words[4])
                }
            }
        }
        return nil
    }

    deinit { close(descriptor) }
}

/// Waits for a lock on a thread of its own: the kernel tells of its release only whoever waits for it without end.
private final class LockWait: Sendable {
    private enum State { case waiting, taken, givenUp }

    private let state = Mutex(State.waiting)
    private let end = DispatchSemaphore(value: 0)

    init(_ descriptor: Int32) {
        // A copy: it holds the same lock, and outlives the other when the wait is given up.
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else {
            end.signal()
            return
        }
        Thread.detachNewThread { [self] in
            var code: Int32
            repeat { code = flock(copy, LOCK_EX) } while code != 0 && errno == EINTR
            state.withLock { state in
                if state == .givenUp { flock(copy, LOCK_UN) } else if code == 0 { state = .taken }
            }
            close(copy)
            end.signal()
        }
    }

    func succeeds(within patience: Duration) -> Bool {
        let (seconds, attoseconds) = patience.components
        let nanoseconds = Int(clamping: seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        _ = end.wait(timeout: .now() + .nanoseconds(nanoseconds))
        return state.withLock { state in
            if state != .taken { state = .givenUp }
            return state == .taken
        }
    }
}
