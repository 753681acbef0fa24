import Composition
import Glibc

/// Files that appear whole, never half-written.
enum AtomicFile {
    /// - Parameter mode: Who may read it, from its first moment on.
    /// - Throws: `ProgramFailure` when it cannot be written.
    static func write(_ text: String, to path: String, mode: mode_t) throws {
        let temporary = "\(path).\(getpid())"
        let bytes = Array(text.utf8)
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        let isWritten = file >= 0 && Glibc.write(file, bytes, bytes.count) == bytes.count
        if file >= 0 { close(file) }
        guard isWritten, rename(temporary, path) == 0 else {
            throw ProgramFailure("cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }
}
