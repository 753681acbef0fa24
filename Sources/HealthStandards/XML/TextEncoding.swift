/// How the bytes of a document are text, told by its first bytes: a byte order mark goes before what a declaration says.
enum TextEncoding: Equatable {
    case utf8
    case utf16(isBigEndian: Bool)

    /// Finds the encoding and the length of the byte order mark.
    static func detect(_ start: [UInt8]) throws(XMLFault) -> (encoding: TextEncoding, mark: Int) {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw .otherEncoding("UTF-32")
        }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16(isBigEndian: false), 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16(isBigEndian: true), 2) }
        // No text begins with a NUL, nor has one in the second place.
        if start.first == 0 || start.dropFirst().first == 0 { throw .otherEncoding("UTF-16 or UTF-32") }
        return (.utf8, 0)
    }

    /// Whether a declaration may name this and the document is read all the same: writers that build a text in memory
    /// declare its encoding there, UTF-16, and save it in another. Bytes that are valid UTF-8 are never UTF-16 of XML.
    static func isWide(_ name: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "-" && $0 != "_" }
        return ["utf16", "utf16le", "utf16be", "unicode", "ucs2", "iso10646ucs2"].contains(plain)
    }
}

/// Turns UTF-16 that comes in pieces into UTF-8. What is no character becomes U+FFFF: XML does not allow it, so the
/// parser names its line.
struct WideText {
    private let isBigEndian: Bool
    private var oddByte: UInt8?
    private var surrogate: UInt16?

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    mutating func utf8(_ bytes: some Collection<UInt8>, isLast: Bool) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 2)
        if let surrogate { units.append(surrogate) }
        surrogate = nil
        for byte in bytes {
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            units.append(isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first))
            oddByte = nil
        }
        if !isLast, let last = units.last, UTF16.isLeadSurrogate(last) { surrogate = units.removeLast() }
        if isLast, oddByte != nil { units.append(0xFFFF) }
        var text: [UInt8] = []
        text.reserveCapacity(units.count * 2)
        var decoder = UTF16()
        var rest = units.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar): text.append(contentsOf: String(scalar).utf8)
            case .error: text.append(contentsOf: [0xEF, 0xBF, 0xBF])
            case .emptyInput: return text
            }
        }
    }
}
