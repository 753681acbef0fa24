import Crypto

/// The secret from which a party computes the salt of each message it sends: nothing has to be stored with a message, and
/// nobody without the secret can compute the salt of one that he has not seen.
public struct SaltKey: Sendable, Equatable {
    /// Length in bytes.
    public static let width = 32

    private let bytes: [UInt8]

    /// Takes 32 random bytes; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.width else { return nil }
        self.bytes = bytes
    }

    /// A key that anybody can compute, for a simulation that must give the same bytes again.
    public init(simulated text: String) { bytes = Array(SHA256.hash(data: Array(text.utf8))) }

    /// The salt of a message: half of SHA-256 over the key and the message's identifier.
    public func salt(of message: MessageIdentifier) -> PayloadSalt {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        withUnsafeBytes(of: (message.uuid.high.bigEndian, message.uuid.low.bigEndian)) {
            hash.update(bufferPointer: $0)
        }
        return PayloadSalt(hash.finalize())
    }
}
