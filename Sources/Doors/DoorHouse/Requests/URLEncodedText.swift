/// Names and values as forms and queries write them: application/x-www-form-urlencoded (URL Standard, section 5.1).
public enum URLEncodedText {
    /// Reads `name=value&name=value`; of a name that comes twice, the last one counts. A `%` without two hexadecimal digits
    /// stands for itself, and bytes that are no UTF-8 become U+FFFD.
    public static func fields(_ bytes: some Sequence<UInt8>) -> [String: String] {
        fieldBytes(bytes).mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// The same with values as bytes, for those that are large.
    public static func fieldBytes(_ bytes: some Sequence<UInt8>) -> [String: [UInt8]] {
        var fields: [String: [UInt8]] = [:]
        var name: String?
        var current: [UInt8] = []
        var escape: [UInt8] = []

        func flushEscape() {
            current += escape
            escape = []
        }
        func finish() {
            flushEscape()
            if let name {
                fields[name] = current
            } else if !current.isEmpty {
                fields[String(decoding: current, as: UTF8.self)] = []
            }
            name = nil
            current = []
        }
        for byte in bytes {
            if !escape.isEmpty {
                if escape.count == 1, digit(byte) != nil {
                    escape.append(byte)
                    continue
                }
                if escape.count == 2, let low = digit(byte), let high = digit(escape[1]) {
                    current.append(high << 4 | low)
                    escape = []
                    continue
                }
                flushEscape()
            }
            switch byte {
            case 0x25: escape = [byte]
            case 0x26: finish()
            case 0x2B: current.append(0x20)
            case 0x3D where name == nil:
                name = String(decoding: current, as: UTF8.self)
                current = []
            default: current.append(byte)
            }
        }
        finish()
        return fields
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
