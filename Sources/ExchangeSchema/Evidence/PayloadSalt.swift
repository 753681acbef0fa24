/// 16 bytes that travel with a message in the header `ce_salt` and go into every digest of its payload: whoever has only
/// the digest cannot find the payload by trying names and numbers. A message that is sent again has the same salt.
public struct PayloadSalt: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of a salt.
    static let width = 16

    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// Takes the 128 bits as they are.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Of a message that brought none: a sender outside the exchange need not salt.
    public static let none = PayloadSalt(high: 0, low: 0)

    /// Reads 32 hexadecimal digits; nil for anything else.
    public init?(utf8 text: RawSpan) {
        guard text.byteCount == 2 * Self.width else { return nil }
        let words = text.withUnsafeBytes { bytes -> (high: UInt64, low: UInt64)? in
            func digits(at place: Int) -> UInt64 {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            }
            guard let high = HexadecimalDigits.word(digits(at: 0), digits(at: 8)),
                let low = HexadecimalDigits.word(digits(at: 16), digits(at: 24))
            else { return nil }
            return (high, low)
        }
        guard let words else { return nil }
        self.init(high: words.high, low: words.low)
    }

    /// Reads 32 hexadecimal digits; nil for anything else.
    public init?(_ text: String) { self.init(utf8: Array(text.utf8).span.bytes) }

    /// Reads 16 bytes; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The 16 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) } }

    /// Appends the 32 digits, lower case.
    public func appendText(to bytes: inout [UInt8]) {
        HexadecimalDigits.append(high, to: &bytes)
        HexadecimalDigits.append(low, to: &bytes)
    }

    /// 32 hexadecimal digits, lower case.
    public var description: String {
        var bytes: [UInt8] = []
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first half of a digest.
    init(_ digest: PayloadDigest) { self.init(high: digest.words.0, low: digest.words.1) }
}
