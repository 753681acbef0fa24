/// Reads digits from a string's UTF-8 without allocating, and writes them with their leading zeros.
enum DecimalDigits {
    /// What a text of a wanted number of digits turned out to be.
    enum Reading {
        case number(UInt64)
        case wrongLength
        case notDigits
    }

    /// Reads exactly `count` ASCII digits, at most 19.
    @inline(__always)
    static func read(_ text: String, count: Int) -> Reading {
        guard text.utf8.count == count else { return .wrongLength }
        // A short text lies in its own words: going through them by an iterator costs five times as much.
        return text.utf8.withContiguousStorageIfAvailable { read($0) } ?? read(text.utf8)
    }

    private static func read(_ bytes: some Sequence<UInt8>) -> Reading {
        var number: UInt64 = 0
        for byte in bytes {
            let digit = byte &- 0x30
            guard digit < 10 else { return .notDigits }
            number = number &* 10 &+ UInt64(digit)
        }
        return .number(number)
    }

    /// Writes a number with leading zeros to `count` digits.
    static func write(_ number: UInt64, count: Int) -> String {
        String(unsafeUninitializedCapacity: count) { buffer in
            var rest = number
            for index in stride(from: count - 1, through: 0, by: -1) {
                buffer[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return count
        }
    }
}
