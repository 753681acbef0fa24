import CSHA2

/// The secret from which a party computes the salt of each message it sends: nothing has to be stored with a message, and
/// nobody without the secret can compute the salt of one that he has not seen.
public struct SaltKey: Sendable, Equatable {
    /// Length in bytes.
    public static let width = 32

    private let bytes: [UInt8]
    private let keyed: csha2_beginning

    /// Takes 32 random bytes; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.width else { return nil }
        self.bytes = bytes
        keyed = Self.block(bytes)
    }

    /// A key that anybody can compute, for a simulation that must give the same bytes again.
    public init(simulated text: String) {
        var digest: [UInt8] = []
        PayloadDigest(of: Array(text.utf8)).appendBytes(to: &digest)
        bytes = digest
        keyed = Self.block(bytes)
    }

    /// The salt of a message: half of SHA-256 over the key and the message's identifier.
    public func salt(of message: MessageIdentifier) -> PayloadSalt {
        withUnsafeTemporaryAllocation(byteCount: Self.width + 16, alignment: 8) { scratch in
            scratch.copyBytes(from: bytes)
            scratch.storeBytes(of: message.uuid.high.bigEndian, toByteOffset: Self.width, as: UInt64.self)
            scratch.storeBytes(of: message.uuid.low.bigEndian, toByteOffset: Self.width + 8, as: UInt64.self)
            return PayloadSalt(PayloadDigest(of: UnsafeRawBufferPointer(scratch)))
        }
    }

    /// What a leaf says of the state behind it: half of SHA-256 over a block of 64 bytes, which begins with the key and else is
    /// zero, and the content. With the key, because a row has numbers that could be guessed; the block is hashed once for all.
    public func seal(of content: UnsafeRawBufferPointer) -> ShortDigest {
        ShortDigest(PayloadDigest(of: keyed, content))
    }

    private static func block(_ bytes: [UInt8]) -> csha2_beginning {
        let block = bytes + [UInt8](repeating: 0, count: 64 - bytes.count)
        var beginning = csha2_beginning()
        csha2_256_begin(&beginning, block, block.count)
        return beginning
    }

    /// Whether both are the same key.
    public static func == (first: SaltKey, second: SaltKey) -> Bool { first.bytes == second.bytes }
}
