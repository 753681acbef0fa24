import Crypto

/// The secret from which a party computes the salt of each message it sends: nothing has to be stored with a message, and
/// nobody without the secret can compute the salt of one that he has not seen.
public struct SaltKey: Sendable, Equatable {
    /// Length in bytes.
    public static let width = 32

    private let bytes: [UInt8]
    private let keyed: SHA256

    /// Takes 32 random bytes; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.width else { return nil }
        self.bytes = bytes
        keyed = Self.block(bytes)
    }

    /// A key that anybody can compute, for a simulation that must give the same bytes again.
    public init(simulated text: String) {
        bytes = Array(SHA256.hash(data: Array(text.utf8)))
        keyed = Self.block(bytes)
    }

    /// The salt of a message: half of SHA-256 over the key and the message's identifier.
    public func salt(of message: MessageIdentifier) -> PayloadSalt {
        withUnsafeTemporaryAllocation(byteCount: Self.width + 16, alignment: 8) { scratch in
            scratch.copyBytes(from: bytes)
            scratch.storeBytes(of: message.uuid.high.bigEndian, toByteOffset: Self.width, as: UInt64.self)
            scratch.storeBytes(of: message.uuid.low.bigEndian, toByteOffset: Self.width + 8, as: UInt64.self)
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(scratch))
            return PayloadSalt(hash.finalize())
        }
    }

    /// What a leaf says of the state behind it: half of SHA-256 over a block of 64 bytes, which begins with the key and else is
    /// zero, and the content. With the key, because a row has numbers that could be guessed; the block is hashed once for all.
    public func seal(of content: UnsafeRawBufferPointer) -> ShortDigest {
        var hash = keyed
        hash.update(bufferPointer: content)
        return ShortDigest(hash.finalize())
    }

    private static func block(_ bytes: [UInt8]) -> SHA256 {
        var hash = SHA256()
        hash.update(data: bytes + [UInt8](repeating: 0, count: SHA256.blockByteCount - bytes.count))
        return hash
    }

    /// Whether both are the same key.
    public static func == (first: SaltKey, second: SaltKey) -> Bool { first.bytes == second.bytes }
}
