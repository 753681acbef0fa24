import Foundation

/// The last lines of a log, for a message about its dead writer.
enum LogTail {
    /// At most this many lines, of the last 8 KiB of the file.
    static func read(_ path: String, lines: Int = 12) -> String {
        guard let file = FileHandle(forReadingAtPath: path), let end = try? file.seekToEnd() else { return "" }
        let start = end > 8_192 ? end - 8_192 : 0
        guard (try? file.seek(toOffset: start)) != nil, let bytes = try? file.readToEnd() else { return "" }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\n").suffix(lines).map { "    \($0)" }.joined(separator: "\n")
    }
}
