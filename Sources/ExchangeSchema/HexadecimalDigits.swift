/// Lower-case hexadecimal digits, eight at a time: every message that is sent bears some 150 of them.
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

    /// Appends the 16 digits of a word.
    static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        let digits = (
            of(UInt32(truncatingIfNeeded: word >> 32)).bigEndian, of(UInt32(truncatingIfNeeded: word)).bigEndian
        )
        withUnsafeBytes(of: digits) { bytes.append(contentsOf: $0) }
    }
}
