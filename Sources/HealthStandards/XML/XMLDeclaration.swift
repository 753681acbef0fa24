/// The declaration `<?xml … ?>` at the start of a document.
enum XMLDeclaration {
    /// The value of its pseudo-attribute `encoding` and where that stands, or nil.
    static func encoding(in document: [UInt8]) -> (name: String, range: Range<Int>)? {
        guard document.starts(with: "<?xml".utf8), let end = find("?>".utf8, in: document, from: 5),
            let start = find("encoding".utf8, in: document, from: 5), start < end
        else { return nil }
        var index = start
        while index < end, document[index] == 0x3D || document[index] <= 0x20 { index += 1 }
        let quote = document[index]
        guard index < end, quote == 0x22 || quote == 0x27,
            let close = document[(index + 1)..<end].firstIndex(of: quote)
        else { return nil }
        let name = String(decoding: document[(index + 1)..<close].prefix(40), as: UTF8.self)
        return (name, (start - "encoding".utf8.count)..<(close + 1))
    }

    /// The document with blanks in place of the pseudo-attribute: what the parser is given is UTF-8, whatever was
    /// declared, and no line or column moves.
    static func withoutEncoding(_ document: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var blanked = document
        for index in range where blanked[index] != 0x0A { blanked[index] = 0x20 }
        return blanked
    }

    /// The index after the next occurrence of a short text.
    private static func find(_ text: String.UTF8View, in bytes: [UInt8], from start: Int) -> Int? {
        let length = text.count
        var index = start
        while index + length <= bytes.count {
            if bytes[index...].starts(with: text) { return index + length }
            index += 1
        }
        return nil
    }
}
