/// Names and values as forms and queries write them: application/x-www-form-urlencoded (URL Standard, section 5.1).
public enum URLEncodedText {
    /// Reads `name=value&name=value`; of a name that comes twice, the last one counts. A `%` without two hexadecimal digits
    /// stands for itself, and bytes that are no UTF-8 become U+FFFD.
    public static func fields(_ bytes: some Sequence<UInt8>) -> [String: String] {
        var fields: [String: String] = [:]
        forEachField(Array(bytes)) { fields[$0] = String(decoding: $1, as: UTF8.self) }
        return fields
    }

    /// The same with values as they were sent, for those that are large and decoded in another way; ``decoded(_:)`` does it.
    public static func rawFields(_ bytes: [UInt8]) -> [String: ArraySlice<UInt8>] {
        var fields: [String: ArraySlice<UInt8>] = [:]
        forEachRawField(bytes) { fields[$0] = $1 }
        return fields
    }

    /// Every field in its order, for forms in which a name may come twice.
    public static func fieldList(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        forEachField(bytes) { fields.append(($0, String(decoding: $1, as: UTF8.self))) }
        return fields
    }

    private static func forEachField(_ bytes: [UInt8], _ take: (String, [UInt8]) -> Void) {
        forEachRawField(bytes) { take($0, decoded($1)) }
    }

    private static func forEachRawField(_ bytes: [UInt8], _ take: (String, ArraySlice<UInt8>) -> Void) {
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                take(String(decoding: decoded(part), as: UTF8.self), [])
                continue
            }
            let name = String(decoding: decoded(part[..<equals]), as: UTF8.self)
            take(name, part[(equals + 1)...])
        }
    }

    /// A value without its escapes. What stands between two of them is copied in one piece.
    public static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var rest = text
        while let next = rest.firstIndex(where: { $0 == 0x25 || $0 == 0x2B }) {
            result += rest[..<next]
            var end = next + 1
            if rest[next] == 0x2B {
                result.append(0x20)
            } else if end + 1 < rest.endIndex, let high = digit(rest[end]), let low = digit(rest[end + 1]) {
                result.append(high << 4 | low)
                end += 2
            } else {
                result.append(0x25)
            }
            rest = rest[end...]
        }
        result += rest
        return result
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
