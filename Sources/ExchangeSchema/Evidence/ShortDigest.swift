import CSHA2

/// The first half of a SHA-256, in a leaf for the state that the leaf's step left behind, and in a party's database for what
/// is kept. Zero where there is none.
public struct ShortDigest: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of its stored form.
    public static let width = 16

    /// The first eight bytes, big-endian.
    public var high: UInt64
    /// The last eight bytes, big-endian.
    public var low: UInt64

    /// Takes the 128 bits as they are.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Of nothing.
    public static let none = ShortDigest(high: 0, low: 0)

    /// The digest of two stretches of bytes, one after the other.
    public init(of head: UnsafeRawBufferPointer, _ rest: UnsafeRawBufferPointer) {
        var beginning = csha2_beginning()
        csha2_256_begin(&beginning, head.baseAddress, head.count)
        self.init(PayloadDigest(of: beginning, rest))
    }

    init(_ digest: PayloadDigest) { self.init(high: digest.words.0, low: digest.words.1) }

    /// Puts another digest in, or takes it out again: exclusive or, so that the order does not count.
    public mutating func toggle(_ other: ShortDigest) {
        high ^= other.high
        low ^= other.low
    }

    /// 32 hexadecimal digits.
    public var description: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
