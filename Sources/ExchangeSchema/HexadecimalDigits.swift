/// Hexadecimal digits, eight at a time: every message that is sent bears some 150 of them, and who reads it looks at 96.
enum HexadecimalDigits {
    /// The eight digits of a word; the first lies in the highest byte.
    @inline(__always)
    static func of(_ word: UInt32) -> UInt64 {
        // Each nibble moves into a byte of its own, by halves.
        var nibbles = UInt64(word)
        nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0F
        // Of ten and above six more carry into the next bit: these are letters, 39 places behind the digits.
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }

    /// The word that eight digits say, in either case, the first in the highest byte; nil where one of them is none.
    @inline(__always)
    static func word(_ digits: UInt64) -> UInt32? {
        // No byte is above 127 from here on, so that no sum carries into the next one.
        guard digits & Self.tops == 0 else { return nil }
        // The top bit of a byte: whether it is from "0" to "9", or from "a" to "f" once it is a small letter.
        let isDigit = (digits &+ 0x5050_5050_5050_5050) & ~(digits &+ 0x4646_4646_4646_4646) & Self.tops
        let small = digits | 0x2020_2020_2020_2020
        let isLetter = (small &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(small &+ 0x1919_1919_1919_1919) & Self.tops
        guard isDigit | isLetter == Self.tops else { return nil }
        // Each nibble in a byte of its own, which then move together, by doubling.
        var nibbles = (digits & 0x0F0F_0F0F_0F0F_0F0F) &+ (isLetter >> 7) &* 9
        nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: nibbles | nibbles >> 16)
    }

    /// The same of 16 digits, eight in each word.
    @inline(__always)
    static func word(_ first: UInt64, _ second: UInt64) -> UInt64? {
        guard let high = word(first), let low = word(second) else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Appends the 16 digits of a word.
    static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        let digits = (
            of(UInt32(truncatingIfNeeded: word >> 32)).bigEndian, of(UInt32(truncatingIfNeeded: word)).bigEndian
        )
        withUnsafeBytes(of: digits) { bytes.append(contentsOf: $0) }
    }
}
