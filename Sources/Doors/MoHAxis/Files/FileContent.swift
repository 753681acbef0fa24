import Foundation

/// How tables stand in NOIDUNGFILE, which the public texts show in three ways: as Base64, as elements (in the samples of
/// Decision 2062 with a declaration of their own, so that the whole is no XML), and as escaped text. A reader of envelopes wants
/// Base64; the others are made into it.
struct FileContent {
    /// The file with all tables as Base64.
    private(set) var file: [UInt8] = []
    /// Which ways were met, in the order met.
    private(set) var found: [AxisReadings.Content] = []

    private static let opening = Array("<NOIDUNGFILE".utf8)
    private static let closing = Array("</NOIDUNGFILE>".utf8)

    /// Goes over a file; what stands outside of NOIDUNGFILE is not touched.
    init(_ bytes: [UInt8]) {
        guard let first = Self.place(of: Self.opening, in: bytes, from: 0) else {
            file = bytes
            return
        }
        file.reserveCapacity(bytes.count + bytes.count / 2)
        var (copied, next) = (0, Optional(first))
        while let start = next {
            guard let tag = bytes[start...].firstIndex(of: 0x3E), bytes[tag - 1] != 0x2F,
                let end = Self.place(of: Self.closing, in: bytes, from: tag)
            else { break }
            file.append(contentsOf: bytes[copied...tag])
            file.append(contentsOf: encoded(bytes[(tag + 1)..<end]))
            copied = end
            next = Self.place(of: Self.opening, in: bytes, from: end + Self.closing.count)
        }
        file.append(contentsOf: bytes[copied...])
    }

    private mutating func encoded(_ content: ArraySlice<UInt8>) -> [UInt8] {
        guard let start = content.firstIndex(where: { $0 > 0x20 }) else { return Array(content) }
        let text = content[start...]
        if text.starts(with: "<![CDATA[".utf8), let end = Self.place(of: Array("]]>".utf8), in: Array(text), from: 9) {
            let inner = Array(text)[9..<end]
            guard inner.first(where: { $0 > 0x20 }) == 0x3C else { return Array(content) }
            note(.escaped)
            return Array(Data(inner).base64EncodedData())
        }
        if text.first == 0x3C {
            note(.nested)
            return Array(Data(text).base64EncodedData())
        }
        if text.starts(with: "&lt;".utf8) || text.starts(with: "&#".utf8) {
            note(.escaped)
            return Array(Data(Self.unescaped(text)).base64EncodedData())
        }
        note(.base64)
        return Array(content)
    }

    private mutating func note(_ content: AxisReadings.Content) {
        if !found.contains(content) { found.append(content) }
    }

    /// With the five entities of XML and references by number in place of what they stand for.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = text.startIndex
        while place < text.endIndex {
            guard text[place] == 0x26, let end = text[place...].prefix(12).firstIndex(of: 0x3B) else {
                result.append(text[place])
                place += 1
                continue
            }
            switch String(decoding: text[(place + 1)..<end], as: UTF8.self) {
            case "lt": result.append(0x3C)
            case "gt": result.append(0x3E)
            case "amp": result.append(0x26)
            case "quot": result.append(0x22)
            case "apos": result.append(0x27)
            case let name:
                guard let scalar = scalar(name) else {
                    result.append(contentsOf: text[place...end])
                    break
                }
                result.append(contentsOf: String(Character(scalar)).utf8)
            }
            place = end + 1
        }
        return result
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.dropFirst().first == "x"
        return UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10).flatMap(
            Unicode.Scalar.init)
    }

    private static func place(of text: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = text.first else { return nil }
        var place = start
        while place + text.count <= bytes.count, let found = bytes[place...].firstIndex(of: first) {
            if bytes[found...].starts(with: text) { return found }
            place = found + 1
        }
        return nil
    }
}
