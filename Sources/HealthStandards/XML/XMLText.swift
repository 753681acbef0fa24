/// Writes elements and text as XML 1.0.
enum XMLText {
    /// Appends an element with text, on one line: white space inside the tags would be part of the value.
    static func append(element name: String, _ text: String, to bytes: inout [UInt8]) {
        open(name, to: &bytes)
        append(text, to: &bytes)
        close(name, to: &bytes)
    }

    /// Appends a start tag.
    static func open(_ name: String, to bytes: inout [UInt8]) {
        bytes.append(0x3C)
        bytes.append(contentsOf: name.utf8)
        bytes.append(0x3E)
    }

    /// Appends an end tag.
    static func close(_ name: String, to bytes: inout [UInt8]) {
        bytes.append(0x3C)
        bytes.append(0x2F)
        bytes.append(contentsOf: name.utf8)
        bytes.append(0x3E)
    }

    /// Appends text. `>` is escaped everywhere, so `]]>` never stands in a document; a carriage return is escaped
    /// because a parser turns a bare one into a line feed (XML 1.0, section 2.11).
    static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            case 0x0D: bytes.append(contentsOf: "&#13;".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// The first character that XML 1.0 has no way to carry (section 2.2, production Char), or nil.
    static func forbiddenScalar(in text: String) -> Unicode.Scalar? {
        // Only control characters and U+FFFE, U+FFFF are forbidden; the bytes 00–1F and EF tell that there may be one.
        let isSuspect = text.utf8.contains { $0 < 0x20 || $0 == 0xEF }
        guard isSuspect else { return nil }
        return text.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
    }

    /// Whether a text can be the name of an element. A colon is left out: a prefix would need its declaration.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isNameStart(first) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            isNameStart(scalar) || (0x30...0x39).contains(scalar.value) || scalar == "-" || scalar == "."
        }
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0x5F: true
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF: true
        default: false
        }
    }
}
