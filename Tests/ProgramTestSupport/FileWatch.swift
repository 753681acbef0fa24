import Foundation
import Glibc

/// What was awaited did not come.
package struct NotInTime: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
}

/// Waits for what programs write into their directories, and for their end, told by the kernel and not by looking again and
/// again.
package enum FileWatch {
    /// Waits until the condition gives a value; it is asked at first and after each change.
    ///
    /// - Parameters:
    ///   - what: For the error.
    ///   - directory: Changes in it and three levels below are looked at; a file counts as changed when it is complete
    ///     (closed, or moved to its place).
    ///   - programs: Those without which waiting is in vain: once one of them has ended, the condition is asked for the
    ///     last time.
    ///   - openFiles: Whether a file counts as changed by each write, too.
    /// - Throws: ``NotInTime``; what the condition throws.
    package static func value<Value: Sendable>(
        _ what: String, in directory: String, within limit: Duration = .seconds(60), of programs: [Program] = [],
        openFiles: Bool = false, _ condition: @escaping @Sendable () throws -> Value?
    ) async throws -> Value {
        try await blocking {
            let watch = try DirectoryWatch(openFiles: openFiles)
            let deadline = ContinuousClock.now + limit
            while true {
                watch.add(directory, depth: 3)
                let ended = programs.first { !$0.isRunning }
                if let value = try condition() { return value }
                if let ended {
                    throw NotInTime(
                        description: "\(what): \(ended.name) has ended\n\(ended.output)\n\(ended.errors)")
                }
                let left = Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1))
                guard left > 0 else { throw NotInTime(description: "\(what): not within \(limit)") }
                watch.wait(milliseconds: left, endOf: programs)
            }
        }
    }

    /// Waits until something is so.
    package static func until(
        _ what: String, in directory: String, within limit: Duration = .seconds(60), of programs: [Program] = [],
        openFiles: Bool = false, _ condition: @escaping @Sendable () throws -> Bool
    ) async throws {
        _ = try await value(what, in: directory, within: limit, of: programs, openFiles: openFiles) {
            try condition() ? true : nil
        }
    }
}

/// Runs what blocks on a thread of its own, so that the tests' own threads stay free.
package func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
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
    private let events: UInt32

    init(openFiles: Bool) throws {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        events =
            UInt32(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE) | (openFiles ? UInt32(IN_MODIFY) : 0)
        guard descriptor >= 0 else { throw NotInTime(description: "inotify: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Watching the same directory twice is one watch.
    func add(_ path: String, depth: Int) {
        guard inotify_add_watch(descriptor, path, events) >= 0, depth > 0 else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            var isDirectory: ObjCBool = false
            let child = path + "/" + name
            if FileManager.default.fileExists(atPath: child, isDirectory: &isDirectory), isDirectory.boolValue {
                add(child, depth: depth - 1)
            }
        }
    }

    /// Returns at the first change, at the end of one of the programs, or when the time is over; takes all changes that are
    /// there.
    func wait(milliseconds: Int, endOf programs: [Program]) {
        var polls = ([descriptor] + programs.map(\.endDescriptor)).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        guard poll(&polls, nfds_t(polls.count), Int32(clamping: milliseconds)) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
