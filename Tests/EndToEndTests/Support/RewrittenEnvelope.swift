import Foundation
import Testing

/// A file of visits made of another one.
enum RewrittenEnvelope {
    /// Writes a file with other tables, which stand in it as Base64.
    /// - Parameter head: Changes the file as it stands, before its tables are changed.
    static func write(
        _ source: String, to target: String, head: (String) -> String = { $0 }, _ change: (String) -> String
    ) throws {
        let (begin, end) = ("<NOIDUNGFILE>", "</NOIDUNGFILE>")
        var parts = head(try String(contentsOfFile: source, encoding: .utf8)).components(separatedBy: begin)
        for place in parts.indices.dropFirst() {
            let cut = try #require(parts[place].range(of: end))
            let table = try #require(Data(base64Encoded: String(parts[place][..<cut.lowerBound])))
            let text = change(String(decoding: table, as: UTF8.self))
            parts[place] = Data(text.utf8).base64EncodedString() + parts[place][cut.lowerBound...]
        }
        try parts.joined(separator: begin).write(toFile: target, atomically: true, encoding: .utf8)
    }
}
