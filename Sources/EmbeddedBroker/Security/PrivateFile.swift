import Glibc

/// Files that hold secrets or rules: read whole, refused where others may read or write them.
enum PrivateFile {
    /// - Parameter isSecret: also refuses a file that others may read, not only one that they may write.
    static func lines(
        of path: String, maximumBytes: Int, isSecret: Bool = true
    ) throws(BrokerError) -> [Substring] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw problem("read", path) }
        let forbidden: mode_t = isSecret ? 0o077 : 0o022
        guard status.st_mode & forbidden == 0 else {
            throw BrokerError(
                .configuration,
                "\(path) is open to others than its owner: run chmod \(isSecret ? "600" : "644") \(path)")
        }
        guard status.st_size <= maximumBytes else {
            throw BrokerError(.configuration, "\(path) is larger than \(maximumBytes) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var size = 0
        while size < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + size }, $0.count - size)
            }
            guard count > 0 else { break }
            size += count
        }
        guard let text = String(validating: bytes.prefix(size), as: UTF8.self) else {
            throw BrokerError(.configuration, "\(path) is not UTF-8 text")
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? line.dropLast() : line
        }
    }

    /// Replaces the file in one step; only its owner can read it, from its first byte on.
    static func replace(_ path: String, with text: String) throws(BrokerError) {
        let temporary = "\(path).\(getpid())"
        unsafe unlink(temporary)
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem("write", temporary) }
        let bytes = Array(text.utf8)
        let isWhole = unsafe write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWhole, unsafe rename(temporary, path) == 0 else {
            let reason = problem("write", path)
            unsafe unlink(temporary)
            throw reason
        }
    }

    private static func problem(_ operation: String, _ path: String) -> BrokerError {
        BrokerError(.configuration, unsafe "cannot \(operation) \(path): \(String(cString: strerror(errno)))")
    }
}
