/// Why a key cannot be used.
public enum KeyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name is empty or has a space, a plus or a control character.
    case badName(String)
    /// The text is not of the form of a key.
    case malformed
    /// The key is of a type that this log does not use.
    case unknownType(UInt8)
    /// The identifier in the text is not the one of the name, type and key.
    case wrongIdentifier(name: String)
    /// The key or seed is not 32 bytes.
    case wrongLength(Int)
    /// A cosignature was asked of a log's key, or a signature of a cosigner's.
    case wrongKind(name: String)
    /// A cosignature's time is beyond 2^63 - 1.
    case timeOutOfRange(UInt64)
    /// The cryptographic library refused to sign.
    case signingFailed(name: String)

    /// What is wrong, for a person; never contains a secret.
    public var description: String {
        switch self {
        case .badName(let name): "\"\(name)\" cannot name a key: no space, plus or control character is allowed"
        case .malformed: "not a key: expected name+identifier+base64"
        case .unknownType(let type): "keys of type \(type) are not supported: expected 1 (Ed25519) or 4 (cosignature)"
        case .wrongIdentifier(let name): "the key of \(name) does not have the identifier written in it"
        case .wrongLength(let count): "an Ed25519 key has 32 bytes, this one has \(count)"
        case .wrongKind(let name): "the key of \(name) is of the other kind: logs sign, witnesses cosign"
        case .timeOutOfRange(let time): "time \(time) is beyond 2^63 - 1 seconds"
        case .signingFailed(let name): "signing with the key of \(name) failed"
        }
    }
}
