public import Foundation
import ProgramStart

/// A file that a person named for the result of a command.
///
/// A regular file is replaced in one step, so that nobody ever reads half of it; through a link the file that it leads to
/// is. What is no regular file (a device, a pipe) is written in place, and so is a file that one of the standard
/// descriptors is open on: replacing it would part it from what the shell writes there.
public struct OutputFile: Sendable {
    /// The path as the person gave it.
    public let path: String

    /// Takes the path.
    public init(_ path: String) { self.path = path }

    /// Looks whether the file can be written, before work begins of which it is to hold the result. Nothing is written.
    /// - Throws: ``ProgramFailure`` in one line.
    public func requirePlace() throws(ProgramFailure) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT != S_IFDIR else {
                throw ProgramFailure("\(path) is a directory; name a file")
            }
            guard access(path, W_OK) == 0 else { throw failure(errno) }
        }
        let folder = (Self.target(of: path) as NSString).deletingLastPathComponent
        guard stat(folder.isEmpty ? "." : folder, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(ENOTDIR) }
        guard access(path, F_OK) == 0 || access(folder.isEmpty ? "." : folder, W_OK) == 0 else { throw failure(errno) }
    }

    /// Writes the whole content. When that fails, what stood in a regular file before stands there still.
    /// - Throws: ``ProgramFailure`` in one line.
    public func write(_ content: Data) throws(ProgramFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(errno) }
            return try replace(Self.target(of: path), with: content, mode: nil)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw ProgramFailure("\(path) is a directory; name a file")
        case S_IFREG where !Self.isStandardDescriptor(status):
            guard let real = realpath(path, nil) else { throw failure(errno) }
            defer { free(real) }
            try replace(String(cString: real), with: content, mode: status.st_mode & 0o7777)
        default: try writeInPlace(content)
        }
    }

    private func replace(_ target: String, with content: Data, mode: mode_t?) throws(ProgramFailure) {
        var name = Array("\(target).XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw failure(errno) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        let mask = mode ?? 0o666 & ~ProgramStart.usersMask
        var fault = Self.put(content, to: file)
        if fault == 0, fchmod(file, mask) != 0 || fsync(file) != 0 { fault = errno }
        if close(file) != 0, fault == 0 { fault = errno }
        if fault == 0, rename(name, target) != 0 { fault = errno }
        guard fault == 0 else {
            unlink(name)
            throw failure(fault)
        }
    }

    private func writeInPlace(_ content: Data) throws(ProgramFailure) {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw failure(errno) }
        var fault = Self.put(content, to: file)
        if close(file) != 0, fault == 0 { fault = errno }
        if fault != 0 { throw failure(fault) }
    }

    private func failure(_ code: Int32) -> ProgramFailure {
        ProgramFailure("cannot write \(path): \(String(cString: strerror(code)))")
    }

    /// - Returns: 0, or the number of the error.
    private static func put(_ content: Data, to file: Int32) -> Int32 {
        content.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = writeBytes(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                done += count
            }
            return 0
        }
    }

    /// Where a path leads whose last link points to a file that is not there yet.
    private static func target(of path: String) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { break }
            let folder = (place as NSString).deletingLastPathComponent
            place = next.hasPrefix("/") || folder.isEmpty ? next : folder + "/" + next
        }
        return place
    }

    private static func isStandardDescriptor(_ status: stat) -> Bool {
        (STDIN_FILENO...STDERR_FILENO).contains { descriptor in
            var own = stat()
            return fstat(descriptor, &own) == 0 && own.st_dev == status.st_dev && own.st_ino == status.st_ino
        }
    }
}

/// The system's `write`, which a method of that name hides.
private func writeBytes(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
