/// Reads base64 (RFC 4648, section 4) out of a value of a form or of JSON in one pass and one copy: escapes of the form are undone
/// on the way. A file is most of a request, and copies of it are what a request costs.
public enum Base64Field {
    /// How the value was sent.
    public enum Form: Sendable {
        /// In a form: `%2B` is a plus sign, and a plus sign that is not escaped is a blank, which is no base64.
        case escaped
        /// As it is.
        case plain
    }

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (place, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(byte)] = UInt8(place)
        }
        return values
    }()

    /// The bytes that stand for base64 without blanks and line ends, whole and filled up with `=`; nil for anything else, which
    /// may be base64 all the same.
    public static func bytes(_ text: ArraySlice<UInt8>, _ form: Form) -> [UInt8]? {
        var isSound = false
        let result = text.withUnsafeBufferPointer { text in
            values.withUnsafeBufferPointer { values in
                [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3 + 3) { bytes, count in
                    (isSound, count) = decode(text, form, values, into: bytes)
                }
            }
        }
        return isSound ? result : nil
    }

    /// Of `text` never more than three bytes come of four characters, so that `bytes` is large enough.
    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, _ form: Form, _ values: UnsafeBufferPointer<UInt8>,
        into bytes: UnsafeMutableBufferPointer<UInt8>
    ) -> (isSound: Bool, count: Int) {
        var (place, count, held, fills) = (0, 0, 0, 0)
        var bits: UInt32 = 0
        while place < text.count {
            if held == 0, fills == 0 { quartets(text, form, values, bytes, &place, &count) }
            guard place < text.count else { break }
            var byte = text[place]
            place += 1
            switch (byte, form) {
            case (0x25, .escaped):
                guard place + 1 < text.count, let high = URLEncodedText.digit(text[place]),
                    let low = URLEncodedText.digit(text[place + 1])
                else { return (false, 0) }
                byte = high << 4 | low
                place += 2
            case (0x2B, .escaped): return (false, 0)
            default: break
            }
            if byte == 0x3D {
                fills += 1
                continue
            }
            let value = values[Int(byte)]
            guard value < 64, fills == 0 else { return (false, 0) }
            bits = bits << 6 | UInt32(value)
            held += 1
            guard held == 4 else { continue }
            bytes[count] = UInt8(truncatingIfNeeded: bits >> 16)
            bytes[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
            bytes[count + 2] = UInt8(truncatingIfNeeded: bits)
            (count, held, bits) = (count + 3, 0, 0)
        }
        switch (held, fills) {
        case (0, 0): break
        case (2, 2) where bits & 0xF == 0:
            bytes[count] = UInt8(truncatingIfNeeded: bits >> 4)
            count += 1
        case (3, 1) where bits & 0x3 == 0:
            bytes[count] = UInt8(truncatingIfNeeded: bits >> 10)
            bytes[count + 1] = UInt8(truncatingIfNeeded: bits >> 2)
            count += 2
        default: return (false, 0)
        }
        return (true, count)
    }

    /// Four characters at once, as long as none of them is an escape or a fill.
    private static func quartets(
        _ text: UnsafeBufferPointer<UInt8>, _ form: Form, _ values: UnsafeBufferPointer<UInt8>,
        _ bytes: UnsafeMutableBufferPointer<UInt8>, _ place: inout Int, _ count: inout Int
    ) {
        while place + 4 <= text.count {
            let (first, second) = (text[place], text[place + 1])
            let (third, fourth) = (text[place + 2], text[place + 3])
            let all = (values[Int(first)], values[Int(second)], values[Int(third)], values[Int(fourth)])
            guard all.0 | all.1 | all.2 | all.3 < 64 else { return }
            // In a form a plus sign is a blank.
            if form == .escaped, first == 0x2B || second == 0x2B || third == 0x2B || fourth == 0x2B { return }
            bytes[count] = all.0 << 2 | all.1 >> 4
            bytes[count + 1] = all.1 << 4 | all.2 >> 2
            bytes[count + 2] = all.2 << 6 | all.3
            place += 4
            count += 3
        }
    }
}
