import Foundation
public import TransparencyLog

/// The key pair with which a party signs its journal:
///
///     DIR/keys/journal.key   the private half, 0600
///     DIR/keys/journal.pub   the public half, as signed-note writes verifier keys
public struct JournalKey: Sendable {
    /// The private half.
    public let signer: SignerKey
    private let directory: String
    private let party: String

    /// Name of a party's log, and of its key.
    public static func origin(_ identity: StoreIdentity) -> ExactText {
        ExactText("closed-cycle/\(identity.exchange)/\(identity.party)")
    }

    /// Path of the private half in a party's directory.
    public static func secretPath(_ directory: String) -> String { directory + "/keys/journal.key" }

    /// Path of the public half in a party's directory.
    public static func publicPath(_ directory: String) -> String { directory + "/keys/journal.pub" }

    /// Reads a party's key, or makes it at the first start.
    /// - Parameter mayMake: False once the key has signed: a new one would not be believed.
    /// - Throws: ``StoreError`` when the key is gone, damaged, of another log, or cannot be written.
    public init(directory: String, identity: StoreIdentity, mayMake: Bool) throws(StoreError) {
        self.directory = directory
        party = identity.party
        let path = Self.secretPath(directory)
        let origin = Self.origin(identity)
        if let data = FileManager.default.contents(atPath: path) {
            let text = String(decoding: data, as: UTF8.self)
            guard text.hasSuffix("\n"), let key = try? SignerKey(String(text.dropLast())), key.verifier.kind == .ed25519
            else { throw StoreError(.damaged, "\(path) is no key; restore it from a copy") }
            guard key.verifier.name == origin else {
                throw StoreError(.otherExchange, "\(path) is the key of \(key.verifier.name), not of \(origin)")
            }
            signer = key
        } else {
            guard mayMake else {
                throw StoreError(.damaged, "\(path) is gone, and the journal is signed with it; restore it from a copy")
            }
            var generator = SystemRandomNumberGenerator()
            do throws(KeyError) {
                signer = try SignerKey(name: origin, kind: .ed25519, using: &generator)
            } catch {
                throw StoreError(.database, "the exchange cannot name a key: \(error)")
            }
            try SecretFile.makeDirectory(directory + "/keys", mode: 0o700)
            try SecretFile.write(signer.secretText + "\n", to: path, mode: 0o600)
        }
        try publish(to: Self.publicPath(directory))
    }

    /// Puts the public half where an auditor finds it, as `FOLDER/PARTY.pub`.
    /// - Throws: ``StoreError`` when another key was published before.
    public func publish(inFolder folder: String) throws(StoreError) {
        try SecretFile.makeDirectory(folder, mode: 0o755)
        try publish(to: "\(folder)/\(party).pub")
    }

    private func publish(to path: String) throws(StoreError) {
        let text = signer.verifier.text + "\n"
        if let found = FileManager.default.contents(atPath: path) {
            guard Array(found) == Array(text.utf8) else {
                throw StoreError(
                    .damaged, "\(path) is not the public half of \(Self.secretPath(directory)); restore the right one")
            }
            return
        }
        try SecretFile.write(text, to: path, mode: 0o644)
    }
}
