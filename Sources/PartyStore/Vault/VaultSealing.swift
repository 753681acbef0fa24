import Foundation
import GRDB

/// Where the key of a vault lies, and another one in its place.
public enum VaultSealing {
    /// Where the keys of the vault in a store are: in words, for people.
    public static func place(_ store: StoreInspection) throws -> String {
        guard let (name, place) = try store.view.read({ try VaultSeal.standing($0) }) else {
            return
                "with the vault, in the auditor's directory; cycle up --vault-key FILE puts them under a key elsewhere"
        }
        let isThere = (try? VaultKeyFile(reading: place))?.name == name
        return
            "sealed under \(name), \(isThere ? "which lies at" : "which is not at the place where it lay last,") \(place)"
    }

    /// Puts the vault of an auditor that does not run under another key; the former one opens nothing here any more, but
    /// copies of the directory that were made before.
    /// - Parameters:
    ///   - key: The new key.
    ///   - former: Where the present key lies; nil for where it lay last.
    /// - Throws: ``StoreError`` when the vault is in use, or its present key is not there.
    public static func change(directory: String, to key: VaultKeyFile, former: String?) throws {
        let identity: StoreIdentity
        do {
            let known = try VaultInspection(directory: directory)
            identity = StoreIdentity(party: known.store.party, exchange: known.store.exchange)
        }
        let store = try PartyStore<NoRecord>(directory: directory, identity: identity, durability: .power)
        do {
            try store.queue.write { database in
                guard let seal = try VaultSeal.open(database, file: former, directory: directory) else {
                    throw StoreError(
                        .vaultKey,
                        "the vault in \(directory) is under no key yet; start its exchange once with --vault-key \(key.path)"
                    )
                }
                try seal.change(to: key, database)
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory)
        }
        try store.close()
    }
}
