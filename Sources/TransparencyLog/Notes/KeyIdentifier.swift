internal import Crypto

/// The short identifier that, with the name, tells which key signed (signed-note, "Signatures").
public struct KeyIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The four bytes as a big-endian number.
    public let value: UInt32

    /// Takes an identifier as it was read.
    public init(_ value: UInt32) { self.value = value }

    /// SHA-256 of name, line break, type and public key; its first four bytes.
    public init(name: ExactText, kind: SignatureKind, publicKey: [UInt8]) {
        let digest = SHA256.hash(data: name.bytes + [0x0A, kind.rawValue] + publicKey)
        value = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The four bytes, big-endian.
    public var bytes: [UInt8] { unsafe withUnsafeBytes(of: value.bigEndian) { unsafe Array($0) } }

    /// Eight lowercase hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}
