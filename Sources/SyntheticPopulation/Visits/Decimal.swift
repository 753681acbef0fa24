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
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { digits in
            var rest = value
            var index = count
            while index > 0 {
                index -= 1
                let quotient = rest / 10
                digits[index] = 0x30 + UInt8(truncatingIfNeeded: rest - quotient * 10)
                rest = quotient
            }
            bytes.append(contentsOf: digits)
        }
    }

    /// The last `count` digits with leading zeros.
    static func text(_ value: UInt64, count: Int) -> String {
        var bytes: [UInt8] = []
        append(value, count: count, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
