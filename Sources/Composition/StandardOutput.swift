import Foundation

/// The result of a command, which somebody waits for: what cannot be written is a failure and not a success.
public enum StandardOutput {
    /// Writes a text and a line feed, at once.
    /// - Throws: ``ProgramFailure`` when the output is full, or nobody reads it any more.
    public static func say(_ text: String) throws(ProgramFailure) {
        var line = text
        line += "\n"
        let fault: Int32 = line.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = write(STDOUT_FILENO, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                done += count
            }
            return 0
        }
        guard fault == 0 else {
            throw ProgramFailure("the output was lost: \(String(cString: strerror(fault)))")
        }
    }
}
