import Crypto
import Foundation

/// A key that seals the keys of a vault, in a file that may lie elsewhere than the vault: on a medium that is carried away,
/// at another office. Whoever has the auditor's directory without it can read nothing of what the auditor keeps.
///
/// The file is one line: `closed-cycle-vault-key-1`, the key's name, and its 32 bytes in base64. Simulator-defined.
public struct VaultKeyFile: Sendable {
    private static let format = "closed-cycle-vault-key-1"

    /// Where the file lies, as a full path.
    public let path: String
    /// What the key is called: `vault+` and the first eight hexadecimal digits of SHA-256 over it.
    public let name: String
    private let key: [UInt8]

    private init(path: String, key: [UInt8]) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        self.key = key
        let digest = SHA256.hash(data: Array(Self.format.utf8) + key)
        name = "vault+" + digest.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads a key.
    /// - Throws: ``StoreError`` when the file is not there, or is no key.
    public init(reading path: String) throws(StoreError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StoreError(
                .vaultKey,
                "there is no key of a vault at \(path), or it may not be read; put it there, or say with --vault-key where "
                    + "it lies")
        }
        let words = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == Self.format, let key = Data(base64Encoded: String(words[2])),
            key.count == 32
        else {
            throw StoreError(
                .vaultKey, "\(path) is no key of a vault; cycle audit vault-key make FILE makes one")
        }
        self.init(path: path, key: Array(key))
        guard words[1] == name else {
            throw StoreError(.vaultKey, "\(path) is damaged: it is not the key that it is called; take another copy")
        }
    }

    /// Makes a key; a file that is there is never written over.
    /// - Throws: ``StoreError`` when the file is there, or cannot be written.
    public static func make(at path: String) throws(StoreError) -> VaultKeyFile {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError(.vaultKey, "\(path) is there already, and a vault may need it; name another file")
        }
        var random = RandomWords()
        let file = VaultKeyFile(path: path, key: try random.bytes())
        let line = "\(format) \(file.name) \(Data(file.key).base64EncodedString())\n"
        try SecretFile.write(line, to: file.path, mode: 0o600)
        return file
    }

    /// A secret of 32 bytes under this key.
    /// - Parameter vault: Whose secret it is, which is authenticated with it.
    func seal(_ secret: [UInt8], of vault: String) throws -> [UInt8] {
        try SealedSecret.seal(secret, with: key, context: vault)
    }

    /// What ``seal(_:of:)`` sealed; nil with another key, or when it was altered.
    func open(_ sealed: [UInt8], of vault: String) -> [UInt8]? {
        SealedSecret.open(sealed, with: key, context: vault)
    }
}

/// A secret of 32 bytes under a key: AES-GCM with a random nonce, nonce, ciphertext and tag end to end.
enum SealedSecret {
    static let width = 60

    static func seal(_ secret: [UInt8], with key: [UInt8], context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            secret, using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    static func open(_ sealed: [UInt8], with key: [UInt8], context: String) -> [UInt8]? {
        guard sealed.count == width, let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(
                box, using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        else { return nil }
        return Array(opened)
    }
}
