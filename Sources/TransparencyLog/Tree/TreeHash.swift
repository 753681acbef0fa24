internal import CSHA2

/// A SHA-256 value of the Merkle tree: the hash of a leaf, of a node or of a whole tree (RFC 6962, section 2.1).
///
/// Thirty-two bytes held in the value itself, so that millions of them cost no allocation.
public struct TreeHash: Hashable, Sendable {
    /// Bytes of a hash.
    public static let width = 32
    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let emptyTree = TreeHash(of: [])

    /// The bytes as they lie in memory; never read as numbers.
    var words: (UInt64, UInt64, UInt64, UInt64)

    /// Takes 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.width else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyBytes(from: bytes) }
        self.words = words
    }

    init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// SHA-256 of some bytes.
    init(of bytes: UnsafeRawBufferPointer) {
        words = (0, 0, 0, 0)
        unsafe csha2_256(bytes.baseAddress, bytes.count, &words)
    }

    /// SHA-256 of some bytes.
    init(of bytes: [UInt8]) { self = unsafe bytes.withUnsafeBytes { unsafe TreeHash(of: $0) } }

    /// The 32 bytes.
    public var bytes: [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }

    /// Standard Base 64 of the bytes, 44 characters, as checkpoints and proofs write it.
    public var base64: String { Base64.encode(bytes) }

    /// Reads what ``base64`` writes; nil for anything else.
    public init?(base64: String) {
        guard let bytes = Base64.decode(base64.utf8) else { return nil }
        self.init(bytes: bytes)
    }

    /// Compares all bytes.
    public static func == (first: TreeHash, second: TreeHash) -> Bool { first.words == second.words }

    /// A quarter of a hash is hash enough.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension TreeHash: CustomStringConvertible {
    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}
