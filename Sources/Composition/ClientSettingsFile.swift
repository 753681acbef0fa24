import Foundation

/// A file of librdkafka settings: `NAME=VALUE` a line, `#` before a comment.
public enum ClientSettingsFile {
    /// Reads a file.
    /// - Throws: ``ProgramFailure`` when it cannot be read, or a line is no setting.
    public static func read(_ path: String) throws -> [String: String] {
        var settings: [String: String] = [:]
        let lines = try ExchangeFiles.text(at: path).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.isEmpty || text.hasPrefix("#") { continue }
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                // The line itself may be a password that stands alone.
                throw ProgramFailure("\(path):\(index + 1): this line is not NAME=VALUE")
            }
            let name = text[..<equals].trimmingCharacters(in: .whitespaces)
            settings[name] = text[text.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return settings
    }

    /// Refuses a file of secrets that others than its owner may read or write.
    package static func requirePrivate(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("read", path) }
        guard status.st_mode & 0o077 == 0 else {
            throw ProgramFailure("\(path) is open to others than its owner: run chmod 600 \(path)")
        }
    }

    /// Writes a file that only its owner can read, from its first byte on; what was there is replaced in one step.
    package static func writePrivate(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", temporary) }
        let bytes = Array(text.utf8)
        let isWhole = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        guard isWhole, rename(temporary, path) == 0 else {
            let reason = failure("write", path)
            unlink(temporary)
            throw reason
        }
    }

    private static func failure(_ what: String, _ path: String) -> ProgramFailure {
        ProgramFailure("cannot \(what) \(path): \(String(cString: strerror(errno)))")
    }
}
