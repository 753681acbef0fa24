/// Finds the bytes of CHUKYDONVI in a file. The parser gives no byte positions, and a signature is of use only byte
/// for byte; base64 has no `<`, so the tag can be looked for in the text of the file.
enum SignatureText {
    /// The bytes between the tags, or nil when the element is empty, missing, or cannot be told apart because its tag
    /// also stands elsewhere (in a comment, say).
    static func find(in bytes: [UInt8], count: Int) -> [UInt8]? {
        guard count == 1 else { return nil }
        let starts = positions(of: Array("<CHUKYDONVI".utf8), in: bytes)
        let ends = positions(of: Array("</CHUKYDONVI".utf8), in: bytes)
        guard starts.count == 1, ends.count == 1, let start = starts.first, let end = ends.first, start < end,
            let tagEnd = bytes[start..<end].firstIndex(of: 0x3E)
        else { return nil }
        let content = bytes[(tagEnd + 1)..<end]
        return content.allSatisfy { $0 <= 0x20 } ? nil : Array(content)
    }

    private static func positions(of pattern: [UInt8], in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        var index = 0
        while found.count < 2, let next = bytes[index...].firstIndex(of: 0x3C) {
            if bytes[next...].starts(with: pattern) { found.append(next) }
            index = next + 1
        }
        return found
    }
}
