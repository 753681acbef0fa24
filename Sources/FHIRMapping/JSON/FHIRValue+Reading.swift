/// Why bytes are no JSON that is taken.
public struct FHIRSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Offset of the byte at which it was seen.
    public var offset: Int
    /// For a person.
    public var problem: String
    /// Both.
    public var description: String { "at byte \(offset): \(problem)" }
}

extension FHIRValue {
    /// Most levels of objects and arrays: an entry of a Bundle needs a dozen.
    static let deepest = 64

    /// Reads JSON (RFC 8259) in UTF-8. A name that stands twice in an object is refused, because readers would differ on which
    /// of the two counts.
    /// - Throws: ``FHIRSyntaxError``.
    public init(json bytes: [UInt8]) throws(FHIRSyntaxError) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    /// Whether a text is a number of JSON without an exponent: then FHIR can carry it as a decimal, digit for digit.
    static func isPlainDecimal(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.first == 0x2D { rest = rest.dropFirst() }
        let whole = rest.prefix { $0 &- 0x30 < 10 }
        guard !whole.isEmpty, whole.count == 1 || whole.first != 0x30, text.utf8.count <= 18 else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.isEmpty { return true }
        guard rest.first == 0x2E else { return false }
        rest = rest.dropFirst()
        return !rest.isEmpty && rest.allSatisfy { $0 &- 0x30 < 10 }
    }
}

private struct JSONReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    mutating func document() throws(FHIRSyntaxError) -> FHIRValue {
        let value = try value(0)
        skipBlanks()
        guard place == bytes.count else { throw problem("more follows the value") }
        return value
    }

    private func problem(_ text: String) -> FHIRSyntaxError { FHIRSyntaxError(offset: place, problem: text) }

    private mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func value(_ depth: Int) throws(FHIRSyntaxError) -> FHIRValue {
        skipBlanks()
        guard place < bytes.count else { throw problem("a value is missing") }
        switch bytes[place] {
        case 0x7B: return try object(depth + 1)
        case 0x5B: return try array(depth + 1)
        case 0x22: return .text(try text())
        case 0x2D, 0x30...0x39: return try number()
        default:
            for (word, value) in [("true", FHIRValue.boolean(true)), ("false", .boolean(false)), ("null", .null)]
            where bytes[place...].starts(with: word.utf8) {
                place += word.utf8.count
                return value
            }
            throw problem("this is no value of JSON")
        }
    }

    private mutating func object(_ depth: Int) throws(FHIRSyntaxError) -> FHIRValue {
        guard depth <= FHIRValue.deepest else { throw problem("more than \(FHIRValue.deepest) levels") }
        place += 1
        var members: [FHIRValue.Member] = []
        var names: Set<String> = []
        skipBlanks()
        if take(0x7D) { return .object([]) }
        while true {
            skipBlanks()
            guard place < bytes.count, bytes[place] == 0x22 else { throw problem("the name of a member is missing") }
            let name = try text()
            guard names.insert(name).inserted else { throw problem("the member \(name) stands twice") }
            skipBlanks()
            guard take(0x3A) else { throw problem("a colon is missing") }
            members.append(.init(name, try value(depth)))
            skipBlanks()
            if take(0x2C) { continue }
            guard take(0x7D) else { throw problem("a comma or } is missing") }
            return .object(members)
        }
    }

    private mutating func array(_ depth: Int) throws(FHIRSyntaxError) -> FHIRValue {
        guard depth <= FHIRValue.deepest else { throw problem("more than \(FHIRValue.deepest) levels") }
        place += 1
        var elements: [FHIRValue] = []
        skipBlanks()
        if take(0x5D) { return .array([]) }
        while true {
            elements.append(try value(depth))
            skipBlanks()
            if take(0x2C) { continue }
            guard take(0x5D) else { throw problem("a comma or ] is missing") }
            return .array(elements)
        }
    }

    private mutating func number() throws(FHIRSyntaxError) -> FHIRValue {
        let start = place
        func digits(_ reader: inout JSONReader) throws(FHIRSyntaxError) {
            let first = reader.place
            while reader.place < reader.bytes.count, reader.bytes[reader.place] &- 0x30 < 10 { reader.place += 1 }
            if reader.place == first { throw reader.problem("a digit is missing") }
        }
        _ = take(0x2D)
        if !take(0x30) { try digits(&self) }
        if take(0x2E) { try digits(&self) }
        if take(0x65) || take(0x45) {
            if !take(0x2B) { _ = take(0x2D) }
            try digits(&self)
        }
        return .number(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func text() throws(FHIRSyntaxError) -> String {
        place += 1
        var content: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0x22:
                place += 1
                guard let text = String(validating: content, as: UTF8.self) else { throw problem("this is no UTF-8") }
                return text
            case 0x5C: try escape(&content)
            case 0..<0x20: throw problem("a control character stands in a string")
            default:
                content.append(byte)
                place += 1
            }
        }
        throw problem("the string has no end")
    }

    private mutating func escape(_ content: inout [UInt8]) throws(FHIRSyntaxError) {
        guard place + 1 < bytes.count else { throw problem("the string has no end") }
        let mark = bytes[place + 1]
        place += 2
        switch mark {
        case 0x22, 0x5C, 0x2F: content.append(mark)
        case 0x62: content.append(0x08)
        case 0x66: content.append(0x0C)
        case 0x6E: content.append(0x0A)
        case 0x72: content.append(0x0D)
        case 0x74: content.append(0x09)
        case 0x75:
            var code = try unit()
            if (0xD800..<0xDC00).contains(code) {
                guard take(0x5C), take(0x75) else { throw problem("half a character") }
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw problem("half a character") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("half a character") }
            content.append(contentsOf: String(Character(scalar)).utf8)
        default: throw problem("no such escape")
        }
    }

    private mutating func unit() throws(FHIRSyntaxError) -> UInt32 {
        guard place + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
            bytes[place] != 0x2B, bytes[place] != 0x2D
        else { throw problem("four hexadecimal digits are missing") }
        place += 4
        return value
    }
}
