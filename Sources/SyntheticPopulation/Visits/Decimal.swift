/// Decimal digits without a formatter.
enum Decimal {
    /// Digits of a number; 1 for 0.
    @inline(__always)
    static func length(_ value: UInt64) -> Int {
        var length = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        return length
    }

    /// Appends the last `count` digits (at most 20) with leading zeros.
    @inline(__always)
    static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        var rest = value
        var index = start + count
        while index > start {
            index -= 1
            let quotient = rest / 10
            bytes[index] = 0x30 + UInt8(truncatingIfNeeded: rest - quotient * 10)
            rest = quotient
        }
    }

    /// The last `count` digits with leading zeros.
    static func text(_ value: UInt64, count: Int) -> String {
        var bytes: [UInt8] = []
        append(value, count: count, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
