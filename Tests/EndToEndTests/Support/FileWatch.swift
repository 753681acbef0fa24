import Foundation
import Glibc

/// What was awaited did not come.
struct NotInTime: Error, CustomStringConvertible {
    var description: String
}

/// Waits for what programs write into their directories, told by the kernel and not by looking again and again.
enum FileWatch {
    /// Waits until the condition gives a value; it is asked at first and after each change.
    ///
    /// - Parameters:
    ///   - what: For the error.
    ///   - directory: Changes in it and three levels below are looked at; a file counts as changed when it is complete
    ///     (closed, or moved to its place).
    ///   - hopeless: Says why waiting is in vain, for example that the program has ended; nil while it is not.
    static func value<Value: Sendable>(
        _ what: String, in directory: String, within limit: Duration = .seconds(60),
        unless hopeless: @escaping @Sendable () -> String? = { nil },
        _ condition: @escaping @Sendable () throws -> Value?
    ) async throws -> Value {
        try await blocking {
            let watch = try DirectoryWatch()
            let deadline = ContinuousClock.now + limit
            while true {
                watch.add(directory, depth: 3)
                if let value = try condition() { return value }
                if let reason = hopeless() { throw NotInTime(description: "\(what): \(reason)") }
                let left = Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1))
                guard left > 0 else { throw NotInTime(description: "\(what): not within \(limit)") }
                // The end of a program changes no file, so it is looked for now and then as well.
                watch.wait(milliseconds: min(left, 500))
            }
        }
    }

    /// Waits until something is so.
    static func until(
        _ what: String, in directory: String, within limit: Duration = .seconds(60),
        unless hopeless: @escaping @Sendable () -> String? = { nil },
        _ condition: @escaping @Sendable () throws -> Bool
    ) async throws {
        _ = try await value(what, in: directory, within: limit, unless: hopeless) { try condition() ? true : nil }
    }
}

/// Runs what blocks on a thread of its own, so that the tests' own threads stay free.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try work() }) }
        // Debug builds want more than the half MiB that a thread gets by default.
        thread.stackSize = 4 << 20
        thread.start()
    }
}

/// inotify(7) over a small tree.
private final class DirectoryWatch {
    private let descriptor: Int32

    init() throws {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw NotInTime(description: "inotify: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Watching the same directory twice is one watch.
    func add(_ path: String, depth: Int) {
        let events = UInt32(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE)
        guard inotify_add_watch(descriptor, path, events) >= 0, depth > 0 else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            var isDirectory: ObjCBool = false
            let child = path + "/" + name
            if FileManager.default.fileExists(atPath: child, isDirectory: &isDirectory), isDirectory.boolValue {
                add(child, depth: depth - 1)
            }
        }
    }

    /// Returns at the first change, or when the time is over; takes all changes that are there.
    func wait(milliseconds: Int) {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, Int32(clamping: milliseconds)) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
