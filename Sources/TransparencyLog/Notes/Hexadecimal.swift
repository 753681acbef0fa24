/// Lowercase Base 16 (signed-note, "Conventions": fixed length, zero-padded, big endian).
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Eight lowercase digits as a number; nil for anything else.
    static func decode32(_ text: some Collection<UInt8>) -> UInt32? {
        guard text.count == 8 else { return nil }
        var value: UInt32 = 0
        for character in text {
            guard let digit = digits.firstIndex(of: character) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
