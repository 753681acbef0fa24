/// Checks that bytes which come in pieces are UTF-8, and knows the line of the first that are not.
struct UTF8Check {
    private var line = 1
    private var column = 1

    /// How many bytes at the end begin a character that the next piece ends: 0 to 3.
    static func unfinished(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
        for (distance, byte) in bytes.reversed().prefix(3).enumerated() {
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > distance + 1 ? distance + 1 : 0
        }
        return 0
    }

    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLFault) {
        let offset: Int?
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            offset = nil
        } catch {
            offset = error.byteOffsets.lowerBound
        }
        for byte in bytes.prefix(offset ?? bytes.count) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        if offset != nil { throw .malformed(line: line, column: column, code: 81) }
    }
}
