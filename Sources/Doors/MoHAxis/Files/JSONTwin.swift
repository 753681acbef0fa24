import Foundation

/// A file as JSON writes it, in the names of the XML in lower case (`khamsuckhoe`, `giamdinhhs`; Decision 2062/QD-BYT, Annexes 02
/// and 03): made into that XML.
enum JSONTwin {
    /// Deepest nesting that a file needs.
    private static let depthLimit = 24

    /// The file as XML; nil where it is no object with one member, or nests too deep.
    static func xml(_ json: [UInt8]) -> [UInt8]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any], object.count == 1,
            let (name, value) = object.first
        else { return nil }
        var text: [UInt8] = []
        guard write(name, value, 0, &text) else { return nil }
        return text
    }

    private static func write(_ name: String, _ value: Any, _ depth: Int, _ text: inout [UInt8]) -> Bool {
        let tag = name.uppercased()
        guard depth < depthLimit, isName(tag) else { return false }
        if let list = value as? [Any] {
            return list.allSatisfy { write(name, $0, depth + 1, &text) }
        }
        text.append(contentsOf: "<\(tag)>".utf8)
        defer { text.append(contentsOf: "</\(tag)>".utf8) }
        switch value {
        case let object as [String: Any]:
            // The order of members means nothing in JSON; that of the alphabet is the same each time.
            return object.sorted { $0.key < $1.key }.allSatisfy { write($0.key, $0.value, depth + 1, &text) }
        case let string as String: text.append(contentsOf: escaped(string))
        case let number as NSNumber: text.append(contentsOf: number.stringValue.utf8)
        default: break
        }
        return true
    }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= 100 && (0x41...0x5A).contains(bytes.first ?? 0)
            && bytes.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            default: bytes.append(byte)
            }
        }
        return bytes
    }
}
