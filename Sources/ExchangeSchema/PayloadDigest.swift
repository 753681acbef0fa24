import Crypto

/// SHA-256 of a payload (FIPS 180-4), as four big-endian words so that it needs no allocation.
public struct PayloadDigest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes as four words.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of some bytes.
    public init(of bytes: RawSpan) {
        let digest = bytes.withUnsafeBytes { buffer -> SHA256.Digest in
            var hash = SHA256()
            hash.update(bufferPointer: buffer)
            return hash.finalize()
        }
        words = digest.withUnsafeBytes { buffer in
            (
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
            )
        }
    }

    /// The digest of some bytes.
    public init(of bytes: [UInt8]) { self.init(of: bytes.span.bytes) }

    /// Takes four words that ``appendBytes(to:)`` wrote.
    public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Appends the 32 bytes.
    public func appendBytes(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) {
            bytes.append(contentsOf: $0)
        }
    }

    /// 64 hexadecimal digits.
    public var description: String {
        var bytes: [UInt8] = []
        appendBytes(to: &bytes)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Equal when all 32 bytes are.
    public static func == (first: PayloadDigest, second: PayloadDigest) -> Bool { first.words == second.words }

    /// The first word is hash enough.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
