import Glibc

/// One line to whoever started the program.
enum StandardError {
    static func say(_ line: String) {
        let text = line + "\n"
        text.utf8.withContiguousStorageIfAvailable { bytes in
            _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
