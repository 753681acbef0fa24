/// Decimal digits without a formatter, eight at a time.
enum Decimal {
    /// Eight characters `0`.
    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// Digits of a number; 1 for 0.
    @inline(__always)
    static func length(_ value: UInt64) -> Int {
        value < 100_000_000 ? 8 - min(digits(value).trailingZeroBitCount >> 3, 7) : 8 + lengthBeyondEight(value)
    }

    private static func lengthBeyondEight(_ value: UInt64) -> Int { length(value / 100_000_000) }

    /// Stores the last `count` digits (at most 20) with leading zeros. Up to seven bytes after them are overwritten.
    @inline(__always)
    static func store(_ value: UInt64, count: Int, at place: UnsafeMutablePointer<UInt8>) {
        if count <= 8 {
            store((digits(value % 100_000_000) | zeros) >> UInt64(8 * (8 - count)), at: place)
        } else {
            storeBeyondEight(value, count: count, at: place)
        }
    }

    /// The first digits first: what they overwrite is written after them.
    private static func storeBeyondEight(_ value: UInt64, count: Int, at place: UnsafeMutablePointer<UInt8>) {
        let (first, last) = value.quotientAndRemainder(dividingBy: 100_000_000)
        store(first, count: count - 8, at: place)
        store(digits(last) | zeros, at: place + count - 8)
    }

    @inline(__always)
    private static func store(_ word: UInt64, at place: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(place).storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// The eight digits of a number below 10⁸, each in a byte, the first one in the lowest. It is halved three times, all
    /// parts at once; the products stand for divisions by 100 and by 10, which they are exactly in these ranges.
    @inline(__always)
    private static func digits(_ value: UInt64) -> UInt64 {
        let fours = value / 10_000 | (value % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return tens | (twos &- tens &* 10) << 8
    }

    /// The last `count` digits with leading zeros.
    static func text(_ value: UInt64, count: Int) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 8) { room in
            guard let place = room.baseAddress else { return "" }
            store(value, count: count, at: place)
            return String(decoding: UnsafeBufferPointer(start: place, count: count), as: UTF8.self)
        }
    }
}
