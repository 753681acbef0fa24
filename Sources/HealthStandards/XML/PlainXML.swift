/// A document as nearly all are: elements without attributes, text, the five references, and at most a declaration of UTF-8. It
/// is gone over twice, first to see that it is well-formed and nothing more, then to hand its parts on, which costs a fraction of
/// what the parser does. Whatever has anything else in it is none, and the parser has the word: of faults it alone speaks.
struct PlainXML {
    /// A part of the document, by where it lies among the bytes.
    private struct Part {
        enum Kind: UInt8 {
            case start, end, text
            /// Text with references in it.
            case referringText
        }

        var kind: Kind
        var first: Int
        var end: Int
        /// Of a start.
        var line: Int
    }

    /// Longest name of an element.
    private static let nameLimit = 200
    private static let declarations = [
        "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>",
    ]

    private let bytes: [UInt8]
    private let parts: [Part]

    /// Nil where the document is not plain.
    /// - Parameter depthLimit: Deepest nesting.
    init?(_ bytes: [UInt8], depthLimit: Int) {
        let found = bytes.withUnsafeBufferPointer { bytes -> [Part]? in
            guard (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
            var reading = Reading(bytes: bytes, depthLimit: depthLimit)
            return reading.isPlain() ? reading.parts : nil
        }
        guard let found else { return nil }
        self.bytes = bytes
        parts = found
    }

    /// Hands the parts on in their order, until no more is wanted. A run of text comes in one piece.
    func walk(_ handler: some XMLHandler) {
        var names: [String] = []
        for part in parts {
            switch part.kind {
            case .start:
                let name = String(decoding: bytes[part.first..<part.end], as: UTF8.self)
                names.append(name)
                handler.start(name, line: part.line)
            case .end:
                handler.end(names.removeLast())
                if !handler.wantsMore { return }
            case .text: handler.text(String(decoding: bytes[part.first..<part.end], as: UTF8.self))
            case .referringText: handler.text(Self.resolved(bytes[part.first..<part.end]))
            }
        }
    }

    private static func resolved(_ text: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var rest = text
        while let next = rest.firstIndex(of: 0x26) {
            result += rest[..<next]
            guard let found = reference(rest[next...]) else { break }
            result.append(found.byte)
            rest = rest[(next + found.length)...]
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    private static let references: [(name: [UInt8], byte: UInt8)] = [
        (Array("&lt;".utf8), 0x3C), (Array("&gt;".utf8), 0x3E), (Array("&amp;".utf8), 0x26),
        (Array("&quot;".utf8), 0x22), (Array("&apos;".utf8), 0x27),
    ]

    /// What one of the five references at the beginning stands for.
    private static func reference(_ text: some Sequence<UInt8>) -> (byte: UInt8, length: Int)? {
        for (name, byte) in references where text.starts(with: name) { return (byte, name.count) }
        return nil
    }

    /// The first time over.
    private struct Reading {
        /// An element that is open.
        private struct Open {
            var first: Int
            var end: Int
            var hasElements = false
            var hasText = false
        }

        let bytes: UnsafeBufferPointer<UInt8>
        let depthLimit: Int
        private(set) var parts: [Part] = []
        private var place = 0
        private var line = 1
        private var open: [Open] = []
        private var hasRoot = false

        init(bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
            self.bytes = bytes
            self.depthLimit = depthLimit
        }

        mutating func isPlain() -> Bool {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
            guard skipDeclaration() else { return false }
            while place < bytes.count {
                guard takeText() else { return false }
                guard place < bytes.count else { break }
                guard takeTag() else { return false }
            }
            return hasRoot && open.isEmpty
        }

        private mutating func skipDeclaration() -> Bool {
            guard bytes[place...].starts(with: "<?".utf8) else { return true }
            guard let end = bytes[place...].prefix(100).firstIndex(of: 0x3E) else { return false }
            var text = String(decoding: bytes[place...end], as: UTF8.self).replacing("UTF-8", with: "utf-8")
            // Quotes of one kind or of the other.
            if !text.contains("\"") { text = text.replacing("'", with: "\"") }
            place = end + 1
            return PlainXML.declarations.contains(text)
        }

        /// Up to the next tag.
        private mutating func takeText() -> Bool {
            let first = place
            var (isBlank, refers) = (true, false)
            while place < bytes.count {
                let byte = bytes[place]
                if byte > 0x3E, byte < 0x80 {
                    isBlank = false
                    place += 1
                    continue
                }
                switch byte {
                case 0x3C: return end(first, isBlank: isBlank, refers: refers)
                case 0x0A: line += 1
                case 0x09, 0x20: break
                // A carriage return becomes a line feed; "]]>" is a fault.
                case 0..<0x20, 0x3E: return false
                case 0x26:
                    guard let found = PlainXML.reference(bytes[place...].prefix(6)) else { return false }
                    (isBlank, refers) = (false, true)
                    place += found.length - 1
                case 0xEF:
                    // U+FFFE and U+FFFF are no characters of XML.
                    guard place + 2 < bytes.count, bytes[place + 1] != 0xBF || bytes[place + 2] < 0xBE else {
                        return false
                    }
                    isBlank = false
                default: isBlank = false
                }
                place += 1
            }
            return end(first, isBlank: isBlank, refers: refers)
        }

        private mutating func end(_ first: Int, isBlank: Bool, refers: Bool) -> Bool {
            guard first < place else { return true }
            guard !open.isEmpty else { return isBlank }
            if !isBlank {
                // How a parser cuts text that is where none belongs can be seen in what is said of it.
                guard !open[open.count - 1].hasElements else { return false }
                open[open.count - 1].hasText = true
            }
            parts.append(Part(kind: refers ? .referringText : .text, first: first, end: place, line: 0))
            return true
        }

        private mutating func takeTag() -> Bool {
            place += 1
            guard place < bytes.count else { return false }
            let isEnd = bytes[place] == 0x2F
            if isEnd { place += 1 }
            let first = place
            while place < bytes.count, Self.isOfName(bytes[place]) { place += 1 }
            let name = first..<place
            guard !name.isEmpty, name.count <= PlainXML.nameLimit, Self.startsName(bytes[first]) else { return false }
            if isEnd { return close(name) }
            guard !hasRoot || !open.isEmpty, open.count < depthLimit else { return false }
            if !open.isEmpty {
                guard !open[open.count - 1].hasText else { return false }
                open[open.count - 1].hasElements = true
            }
            hasRoot = true
            parts.append(Part(kind: .start, first: name.lowerBound, end: name.upperBound, line: line))
            open.append(Open(first: name.lowerBound, end: name.upperBound))
            if take(0x3E) { return true }
            guard take(0x2F), take(0x3E) else { return false }
            return pop()
        }

        private mutating func close(_ name: Range<Int>) -> Bool {
            guard let last = open.last, last.end - last.first == name.count,
                bytes[last.first..<last.end].elementsEqual(bytes[name]), take(0x3E)
            else { return false }
            return pop()
        }

        private mutating func pop() -> Bool {
            open.removeLast()
            parts.append(Part(kind: .end, first: place, end: place, line: 0))
            return true
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
            return true
        }

        private static func startsName(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }

        private static func isOfName(_ byte: UInt8) -> Bool {
            startsName(byte) || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E
        }
    }
}
