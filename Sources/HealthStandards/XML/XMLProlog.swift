/// Looks at a document before the parser does: encoding and DOCTYPE are decided on the bytes, so that no entity is
/// ever declared and no other decoder ever runs. Tags with a flood of attributes are refused here as well.
struct XMLProlog {
    private static let attributeLimit = 200

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// The document without its byte order mark.
    static func check(_ bytes: ArraySlice<UInt8>) throws(XMLFault) -> ArraySlice<UInt8> {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.startIndex + 3 : bytes.startIndex
        let content = bytes[start...]
        guard let first = content.first else { throw .empty }
        let second = content.dropFirst().first
        if first == 0 || second == 0 || (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE) {
            throw .otherEncoding("UTF-16 or UTF-32")
        }
        var prolog = XMLProlog(bytes: content, position: content.startIndex)
        try prolog.readDeclaration()
        try prolog.validate()
        try prolog.refuseDocumentType()
        try prolog.limitAttributes()
        return content
    }

    private mutating func readDeclaration() throws(XMLFault) {
        guard starts("<?xml"), let end = find("?>") else { return }
        let declaration = String(decoding: bytes[position..<end], as: UTF8.self)
        guard let name = Self.encodingName(in: declaration) else { return }
        guard ["utf-8", "utf8"].contains(name.lowercased()) else { throw .otherEncoding(name) }
    }

    private static func encodingName(in declaration: String) -> String? {
        guard let range = declaration.firstRange(of: "encoding") else { return nil }
        let rest = declaration[range.upperBound...].drop { $0 == "=" || $0.isWhitespace }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote }.prefix(40))
    }

    private func validate() throws(XMLFault) {
        let offset: Int? = bytes.withUnsafeBufferPointer { buffer in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: buffer.span)
                return nil
            } catch {
                return error.byteOffsets.lowerBound
            }
        }
        guard let offset else { return }
        let before = bytes.prefix(offset)
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 - bytes.startIndex } ?? 0) + 1
        throw .malformed(line: line, column: column, code: 81)
    }

    private mutating func refuseDocumentType() throws(XMLFault) {
        while true {
            while position < bytes.endIndex, bytes[position] <= 0x20 { position += 1 }
            let end: Int?
            if starts("<!--") {
                end = find("-->")
            } else if starts("<?") {
                end = find("?>")
            } else if starts("<!DOCTYPE") {
                throw .documentType
            } else {
                return
            }
            guard let end else { return }
            position = end
        }
    }

    /// Counts the equals signs between the `<` of a start tag and the next bracket. In a comment or CDATA section, a
    /// `<` before a letter and then 200 signs without a bracket are taken for a tag too; text is not written so.
    private func limitAttributes() throws(XMLFault) {
        let limit = Self.attributeLimit
        let isFlooded = bytes.withUnsafeBufferPointer { buffer in
            var count = Int.min
            var previous: UInt8 = 0
            for byte in buffer {
                // Only a letter after `<` starts a tag; below 0x40 are `!`, `?`, `/`, digits and white space.
                if previous == 0x3C, byte < 0x40 { count = Int.min }
                switch byte {
                case 0x3C: count = 0
                case 0x3E: count = Int.min
                case 0x3D:
                    count += 1
                    if count > limit { return true }
                default: break
                }
                previous = byte
            }
            return false
        }
        if isFlooded { throw .tooManyAttributes(limit: limit) }
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    /// The index after the next occurrence of a short text.
    private func find(_ text: StaticString) -> Int? {
        text.withUTF8Buffer { pattern in
            var index = position
            while index + pattern.count <= bytes.endIndex {
                if bytes[index...].starts(with: pattern) { return index + pattern.count }
                index += 1
            }
            return nil
        }
    }
}
