/// Looks at every byte of a document before the parser does, in pieces and in order. It refuses a DOCTYPE, so that no
/// entity is ever declared, and tags with a flood of attributes, on which the parser's time grows with the square. It
/// remembers whether there was any content, and the first `<` or `&` that is bare, for which the parser has no words.
struct XMLScan {
    private static let attributeLimit = 200

    private enum Place: Equatable {
        case text, angle, ampersand, declaration, tag
        case quoted(UInt8)
        /// Up to the end of `-->`, `]]>` or `?>`.
        case until(UInt8, doubled: Bool)
    }

    /// Whether a tag, or text that is not white space, was met.
    private(set) var hasContent = false
    /// The first `<` that begins nothing, when no such `&` stands before it.
    var bareAngle: XMLFault? {
        if case .angle(let line, let column) = bare { .bareAngle(line: line, column: column) } else { nil }
    }
    /// Whether what was met ends outside of every tag, comment and section.
    var isComplete: Bool { place == .text }

    private enum Bare {
        case angle(line: Int, column: Int)
        case ampersand
    }

    private var bare: Bare?
    private var place = Place.text
    private var declared: [UInt8] = []
    private var attributes = 0
    private var matched = 0
    private var line = 1
    private var column = 0

    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLFault) {
        var next = bytes.startIndex
        while next < bytes.endIndex {
            if place == .text, hasContent { next = skipText(bytes, from: next) }
            guard next < bytes.endIndex else { return }
            let byte = bytes[next]
            next += 1
            if byte == 0x0A {
                line += 1
                column = 0
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            switch place {
            case .text:
                if byte == 0x3C {
                    place = .angle
                } else if byte == 0x26 {
                    hasContent = true
                    place = .ampersand
                } else if byte > 0x20 {
                    hasContent = true
                }
            case .angle: startMarkup(byte)
            case .ampersand:
                place = byte == 0x3C ? .angle : .text
                if byte != 0x23, !Self.startsName(byte) { bare = bare ?? .ampersand }
            case .declaration: try declare(byte)
            case .tag: try inTag(byte)
            case .quoted(let quote):
                if byte == quote { place = .tag }
            case .until(let sign, let doubled): skip(byte, until: sign, doubled: doubled)
            }
        }
    }

    /// Text, most of which is base64, is gone over in one piece up to the next byte that means something.
    private mutating func skipText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var (next, characters) = (start, 0)
        while next < bytes.endIndex {
            let byte = bytes[next]
            if byte == 0x3C || byte == 0x26 || byte == 0x0A { break }
            if byte & 0xC0 != 0x80 { characters += 1 }
            next += 1
        }
        column += characters
        return next
    }

    private mutating func startMarkup(_ byte: UInt8) {
        switch byte {
        case 0x21:
            declared = []
            place = .declaration
        case 0x3F:
            matched = 0
            place = .until(0x3F, doubled: false)
        case 0x2F:
            hasContent = true
            place = .text
        case _ where Self.startsName(byte):
            hasContent = true
            attributes = 0
            place = .tag
        default:
            hasContent = true
            bare = bare ?? .angle(line: line, column: max(column - 1, 1))
            place = byte == 0x3C ? .angle : .text
        }
    }

    /// After `<!`: a comment, a CDATA section, or a DOCTYPE; the parser judges anything else.
    private mutating func declare(_ byte: UInt8) throws(XMLFault) {
        declared.append(byte)
        if declared.elementsEqual("--".utf8) {
            matched = 0
            place = .until(0x2D, doubled: true)
        } else if declared.elementsEqual("[CDATA[".utf8) {
            hasContent = true
            matched = 0
            place = .until(0x5D, doubled: true)
        } else if declared.elementsEqual("DOCTYPE".utf8) {
            throw .documentType
        } else if declared.count >= 7 || byte == 0x3E {
            hasContent = true
            place = .text
        }
    }

    private mutating func inTag(_ byte: UInt8) throws(XMLFault) {
        switch byte {
        case 0x3E: place = .text
        case 0x3C: place = .angle
        case 0x22, 0x27: place = .quoted(byte)
        case 0x3D:
            attributes += 1
            if attributes > Self.attributeLimit { throw .tooManyAttributes(limit: Self.attributeLimit) }
        default: break
        }
    }

    private mutating func skip(_ byte: UInt8, until sign: UInt8, doubled: Bool) {
        let wanted = doubled ? 2 : 1
        if byte == 0x3E, matched >= wanted {
            place = .text
        } else {
            matched = byte == sign ? matched + 1 : 0
        }
    }

    private static func startsName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x3A || byte >= 0x80
    }
}
