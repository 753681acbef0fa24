import Foundation
public import Journal
public import TransparencyLog

/// The key pair with which a party signs its journal:
///
///     DIR/keys/journal.key   the private half, 0600
///     DIR/keys/journal.pub   the public half, as signed-note writes verifier keys
///     DIR/keys/witness.pub   the same as the party cosigns with it: another type
///     DIR/keys/journal.keys  all keys that the log has had, each with the sizes it may sign (``KeyList``)
public struct JournalKey: Sendable {
    /// The private half.
    public let signer: SignerKey
    /// All keys that the log has had.
    public let list: KeyList
    /// The key as journals and witnesses use it.
    public var log: LogKey { LogKey(signer: signer, list: list) }
    let directory: String
    let party: String

    /// Name of a party's log, and of its key.
    public static func origin(_ identity: StoreIdentity) -> ExactText {
        LogKey.origin(party: identity.party, exchange: identity.exchange)
    }

    /// Path of the private half in a party's directory.
    public static func secretPath(_ directory: String) -> String { directory + "/keys/journal.key" }

    /// Path of the public half in a party's directory.
    public static func publicPath(_ directory: String) -> String { directory + "/keys/journal.pub" }

    /// Path of the list of keys in a party's directory.
    public static func listPath(_ directory: String) -> String { directory + "/keys/journal.keys" }

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
        list = try Self.list(directory, signer)
        try publish(signer.verifier, to: Self.publicPath(directory))
        try publish(Self.cosigner(signer), to: directory + "/keys/witness.pub")
    }

    /// A list that a directory does not have yet is that of its only key.
    private static func list(_ directory: String, _ signer: SignerKey) throws(StoreError) -> KeyList {
        let path = listPath(directory)
        let list: KeyList
        if let data = FileManager.default.contents(atPath: path) {
            do { list = try KeyList(Array(data)) } catch {
                throw StoreError(.damaged, "\(path): \(error); restore it from a copy")
            }
        } else {
            do { list = try KeyList(first: signer) } catch {
                throw StoreError(.damaged, "\(secretPath(directory)) cannot sign: \(error)")
            }
            try SecretFile.write(String(decoding: list.bytes, as: UTF8.self), to: path, mode: 0o644)
        }
        guard list.newest == signer.verifier else {
            throw StoreError(
                .damaged,
                "\(path) ends with the key \(list.newest), \(secretPath(directory)) is \(signer.verifier); finish what "
                    + "was begun with: cycle audit rotate-key, or restore the right one")
        }
        return list
    }

    private static func cosigner(_ signer: SignerKey) throws(StoreError) -> VerifierKey {
        do { return try signer.verifier.cosigner } catch { throw StoreError(.damaged, "a key cannot cosign: \(error)") }
    }

    /// Puts the public halves where an auditor finds them, as `FOLDER/PARTY.pub`, `PARTY.witness.pub` and `PARTY.keys`.
    /// - Throws: ``StoreError`` when another key was published before.
    public func publish(inFolder folder: String) throws(StoreError) {
        try SecretFile.makeDirectory(folder, mode: 0o700)
        try publish(signer.verifier, to: "\(folder)/\(party).pub")
        try publish(Self.cosigner(signer), to: "\(folder)/\(party).witness.pub")
        let path = "\(folder)/\(party).keys"
        if let data = FileManager.default.contents(atPath: path) {
            if Array(data) == list.bytes { return }
            guard let found = try? KeyList(Array(data)), list.continues(found) else {
                throw StoreError(
                    .damaged, "\(path) is not the list of \(Self.listPath(directory)); restore the right one")
            }
        }
        try SecretFile.write(String(decoding: list.bytes, as: UTF8.self), to: path, mode: 0o644)
    }

    /// A retired key gives way to the one in use.
    private func publish(_ key: VerifierKey, to path: String) throws(StoreError) {
        let text = key.text + "\n"
        if let found = FileManager.default.contents(atPath: path) {
            if Array(found) == Array(text.utf8) { return }
            let isRetired = list.entries.dropLast().contains { entry in
                [entry.key, try? entry.key.cosigner].contains { key in
                    key.map { Array(found) == Array(($0.text + "\n").utf8) } == true
                }
            }
            guard isRetired else {
                throw StoreError(
                    .damaged, "\(path) is not the public half of \(Self.secretPath(directory)); restore the right one")
            }
        }
        try SecretFile.write(text, to: path, mode: 0o644)
    }
}
