internal import Crypto

/// A private key with the name it signs under.
///
/// The specifications leave the text form to the implementations; this is the one of golang.org/x/mod/sumdb/note, which
/// other tools read: `PRIVATE+KEY+name+identifier+base64(type || seed)`.
public struct SignerKey: Sendable {
    /// The public half.
    public let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// Takes a name and the 32 bytes of an RFC 8032 private key.
    public init(name: ExactText, kind: SignatureKind, seed: [UInt8]) throws(KeyError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .wrongLength(seed.count)
        }
        self.key = key
        verifier = try VerifierKey(name: name, kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Makes a key; with the system's generator one that nobody can guess, with a seeded one the same each time.
    public init(
        name: ExactText, kind: SignatureKind, using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        var seed: [UInt8] = []
        for _ in 0..<4 { unsafe withUnsafeBytes(of: generator.next() as UInt64) { unsafe seed.append(contentsOf: $0) } }
        try self.init(name: name, kind: kind, seed: seed)
    }

    /// Reads the text form.
    public init(_ text: String) throws(KeyError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].elementsEqual("PRIVATE".utf8), parts[1].elementsEqual("KEY".utf8),
            let name = ExactText(utf8: parts[2]), let identifier = Hexadecimal.decode32(parts[3]),
            let material = Base64.decode(parts[4]), let type = material.first
        else { throw .malformed }
        guard let kind = SignatureKind(rawValue: type) else { throw .unknownType(type) }
        try self.init(name: name, kind: kind, seed: Array(material.dropFirst()))
        guard verifier.identifier.value == identifier else { throw .wrongIdentifier(name: name.string) }
    }

    /// The text form, to be kept where only the owner reads it.
    public var secretText: String {
        let material = [verifier.kind.rawValue] + Array(key.rawRepresentation)
        return "PRIVATE+KEY+\(verifier)+\(Base64.encode(material))"
    }

    /// The same pair as a witness uses it, under the same name (tlog-cosignature, "Ed25519 signed message"). The type
    /// is part of the identifier and of what is signed, so that neither signature passes for the other.
    public var cosigner: SignerKey {
        get throws(KeyError) {
            try SignerKey(name: verifier.name, kind: .cosignature, seed: Array(key.rawRepresentation))
        }
    }

    /// Signs a note text (signed-note, "Ed25519 signatures").
    public func signature(over text: ExactText) throws(KeyError) -> NoteSignature {
        guard verifier.kind == .ed25519 else { throw .wrongKind(name: verifier.name.string) }
        return NoteSignature(name: verifier.name, identifier: verifier.identifier, bytes: try sign(text.bytes))
    }

    /// Cosigns a checkpoint (tlog-cosignature, "Ed25519 signed message").
    ///
    /// - Parameter time: POSIX seconds, at most 2^63 - 1.
    public func cosignature(over checkpoint: Checkpoint, at time: UInt64) throws(KeyError) -> NoteSignature {
        guard verifier.kind == .cosignature else { throw .wrongKind(name: verifier.name.string) }
        guard time <= Cosignature.latestTime else { throw .timeOutOfRange(time) }
        let signature = try sign(Cosignature.message(over: checkpoint.text, at: time))
        let stamp = unsafe withUnsafeBytes(of: time.bigEndian) { unsafe Array($0) }
        return NoteSignature(name: verifier.name, identifier: verifier.identifier, bytes: stamp + signature)
    }

    private func sign(_ message: [UInt8]) throws(KeyError) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            throw .signingFailed(name: verifier.name.string)
        }
        return Array(signature)
    }
}
