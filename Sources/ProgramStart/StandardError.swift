import Glibc

/// Lines for whoever started the program, written at once and whole.
public enum StandardError {
    /// Writes one line.
    public static func say(_ line: String) { write(line + "\n") }

    /// Writes text as it is. Where nobody reads any more, or the disk is full, it is lost: that is no reason to end.
    public static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            sent += count
        }
    }
}
