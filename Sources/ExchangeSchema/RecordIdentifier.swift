/// The identity of one visit through the whole cycle: a UUID, time-ordered (version 7) or derived from the visit
/// (version 8), RFC 9562 section 5.7 and 5.8. Sorts by time where the version is 7, so that tables grow at their end.
public struct RecordIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// Takes the 128 bits as they are.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 UUID: 48 bits of time, then 74 bits that the caller draws.
    /// - Parameter milliseconds: Unix time; only the low 48 bits count.
    public init(milliseconds: Int64, randomHigh: UInt64, randomLow: UInt64) {
        high = UInt64(truncatingIfNeeded: milliseconds) << 16 | 0x7000 | (randomHigh & 0x0FFF)
        low = randomLow & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// Reads the canonical text form, 36 characters, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        guard let value = copy.withUTF8({ Self.parse(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = value
    }

    /// Reads the canonical text form from its UTF-8 bytes; nil for anything else.
    public init?(utf8 span: RawSpan) {
        guard let value = span.withUnsafeBytes({ Self.parse($0) }) else { return nil }
        self = value
    }

    /// The random word is hash enough, and half the work.
    public func hash(into hasher: inout Hasher) { hasher.combine(low ^ high) }

    /// Orders by the 128 bits, so by time for version 7.
    public static func < (first: RecordIdentifier, second: RecordIdentifier) -> Bool {
        first.high != second.high ? first.high < second.high : first.low < second.low
    }

    /// The canonical text form, lower case.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textWidth) { buffer in
            writeText(to: UnsafeMutableRawBufferPointer(buffer))
            return Self.textWidth
        }
    }

    /// Appends the 36 bytes of the text form.
    public func appendText(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: Self.textWidth, alignment: 8) { text in
            writeText(to: text)
            bytes.append(contentsOf: text)
        }
    }

    /// Appends the 16 bytes, big-endian: byte order is then sort order.
    public func appendBytes(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes.append(contentsOf: $0) }
    }

    private static let textWidth = 36

    private func writeText(to text: UnsafeMutableRawBufferPointer) {
        func put(_ digits: UInt64, at place: Int) {
            text.storeBytes(of: digits.bigEndian, toByteOffset: place, as: UInt64.self)
        }
        func put(_ digits: UInt64, at place: Int, _ next: Int) {
            text.storeBytes(
                of: UInt32(truncatingIfNeeded: digits >> 32).bigEndian, toByteOffset: place, as: UInt32.self)
            text.storeBytes(of: UInt32(truncatingIfNeeded: digits).bigEndian, toByteOffset: next, as: UInt32.self)
        }
        put(HexadecimalDigits.of(UInt32(truncatingIfNeeded: high >> 32)), at: 0)
        put(HexadecimalDigits.of(UInt32(truncatingIfNeeded: high)), at: 9, 14)
        put(HexadecimalDigits.of(UInt32(truncatingIfNeeded: low >> 32)), at: 19, 24)
        put(HexadecimalDigits.of(UInt32(truncatingIfNeeded: low)), at: 28)
        for place in [8, 13, 18, 23] { text[place] = 0x2D }
    }

    private static func parse(_ text: UnsafeRawBufferPointer) -> RecordIdentifier? {
        guard text.count == textWidth, text[8] == 0x2D, text[13] == 0x2D, text[18] == 0x2D, text[23] == 0x2D else {
            return nil
        }
        func digits(at place: Int) -> UInt64 {
            UInt64(bigEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        func digits(at place: Int, _ next: Int) -> UInt64 {
            let first = UInt32(bigEndian: text.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            return UInt64(first) << 32
                | UInt64(UInt32(bigEndian: text.loadUnaligned(fromByteOffset: next, as: UInt32.self)))
        }
        guard let high = HexadecimalDigits.word(digits(at: 0), digits(at: 9, 14)),
            let low = HexadecimalDigits.word(digits(at: 19, 24), digits(at: 28))
        else { return nil }
        return RecordIdentifier(high: high, low: low)
    }
}
