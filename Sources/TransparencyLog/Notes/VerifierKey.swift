internal import Crypto

/// A public key with the name it signs under (signed-note, "Verifier keys").
public struct VerifierKey: Sendable, Hashable {
    /// Name in the signature lines.
    public let name: ExactText
    /// Type of signature; a key of one type never verifies the other.
    public let kind: SignatureKind
    /// The 32 bytes of RFC 8032.
    public let publicKey: [UInt8]
    /// Computed from the other three.
    public let identifier: KeyIdentifier

    /// Takes a name and a public key.
    public init(name: ExactText, kind: SignatureKind, publicKey: [UInt8]) throws(KeyError) {
        guard name.isKeyName else { throw .badName(name.string) }
        guard publicKey.count == 32 else { throw .wrongLength(publicKey.count) }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        identifier = KeyIdentifier(name: name, kind: kind, publicKey: publicKey)
    }

    /// Reads `name+identifier+base64(type || key)`; nothing before, after or between is forgiven.
    public init(_ text: String) throws(KeyError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = ExactText(utf8: parts[0]), let identifier = Hexadecimal.decode32(parts[1]),
            let material = Base64.decode(parts[2]), let type = material.first
        else { throw .malformed }
        guard let kind = SignatureKind(rawValue: type) else { throw .unknownType(type) }
        try self.init(name: name, kind: kind, publicKey: Array(material.dropFirst()))
        guard self.identifier.value == identifier else { throw .wrongIdentifier(name: name.string) }
    }

    /// What ``init(_:)`` reads.
    public var text: String { "\(name)+\(identifier)+\(Base64.encode([kind.rawValue] + publicKey))" }

    /// The public half of the same pair as a witness uses it (``SignerKey/cosigner``).
    public var cosigner: VerifierKey {
        get throws(KeyError) { try VerifierKey(name: name, kind: .cosignature, publicKey: publicKey) }
    }

    /// Whether the signature is of this key, by name and identifier.
    public func made(_ signature: NoteSignature) -> Bool {
        signature.identifier == identifier && signature.name == name
    }

    /// Whether the signature is this key's over the note text; false as well for other keys and other forms.
    public func verifies(_ signature: NoteSignature, over text: ExactText) -> Bool {
        guard made(signature), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        switch kind {
        case .ed25519:
            return signature.bytes.count == 64 && key.isValidSignature(signature.bytes, for: text.bytes)
        case .cosignature:
            guard let time = signature.cosignatureTime else { return false }
            return key.isValidSignature(
                Array(signature.bytes.dropFirst(8)), for: Cosignature.message(over: text, at: time))
        }
    }
}

extension VerifierKey: CustomStringConvertible {
    /// Name and identifier, as errors name a key.
    public var description: String { "\(name)+\(identifier)" }
}
