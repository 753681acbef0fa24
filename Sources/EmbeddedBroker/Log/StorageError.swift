import Glibc

/// A file operation that failed: what was tried, on which file, and the system's reason.
struct StorageError: Error, Equatable, CustomStringConvertible {
    var operation: String
    var path: String
    var code: CInt

    init(_ operation: String, _ path: String, code: CInt = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The disk, or the user's share of it, is full.
    var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    var description: String { unsafe "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
}
