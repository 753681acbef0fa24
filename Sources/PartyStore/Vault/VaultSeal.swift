import Crypto
import ExchangeSchema
import Foundation
import GRDB

/// What the keys of a vault are sealed under, where they are: a secret of the vault's own, which is kept under a key that
/// lies elsewhere (``VaultKeyFile``). So another key takes a new seal of 60 bytes, and no record is sealed again.
///
/// A row of `vault_key` then holds the record's key XOR HMAC-SHA256 over the record under the secret: 32 bytes as before,
/// and all zero where the key is erased. Each record has one key in its life, so that no such mask is used twice; whether a
/// key is right, the record's own seal says. Simulator-defined.
struct VaultSeal {
    private let secret: [UInt8]

    /// The table; made when a vault is sealed.
    private static let table = """
        CREATE TABLE IF NOT EXISTS vault_seal (id INTEGER PRIMARY KEY CHECK (id = 1), key TEXT NOT NULL,
            place TEXT NOT NULL, secret BLOB NOT NULL) STRICT;
        """
    /// What is authenticated with the secret, and with the citizens' one.
    private static let vault = "closed-cycle vault"
    private static let citizens = "closed-cycle citizen index"

    /// The name of the key that a vault is sealed under, and where it lay last; nil of one that is not.
    static func standing(_ database: Database) throws -> (name: String, place: String)? {
        guard try database.tableExists("vault_seal"),
            let row = try Row.fetchOne(database, sql: "SELECT key, place FROM vault_seal")
        else { return nil }
        return (try row.stored(0), try row.stored(1))
    }

    /// Opens the seal of a vault; nil of one that has none.
    /// - Parameters:
    ///   - file: Where the key lies; nil for where it lay last.
    ///   - directory: The auditor's, for what is said.
    /// - Throws: ``StoreError`` `vaultKey` when the key is not there, or another's.
    static func open(_ database: Database, file: String?, directory: String) throws -> VaultSeal? {
        guard let (name, place) = try standing(database) else { return nil }
        let key: VaultKeyFile
        do {
            key = try VaultKeyFile(reading: file ?? place)
        } catch {
            let former = file == nil ? ", which lay at \(place) when it was used last" : ""
            throw StoreError(
                .vaultKey,
                "what the auditor keeps in \(directory) is sealed under the key \(name)\(former): \(error.reason)")
        }
        guard key.name == name else {
            throw StoreError(
                .vaultKey,
                "what the auditor keeps in \(directory) is sealed under the key \(name), and \(key.path) is \(key.name): "
                    + "give the file of \(name) with --vault-key")
        }
        guard let stored = try Data.fetchOne(database, sql: "SELECT secret FROM vault_seal"),
            let secret = key.open(Array(stored), of: vault)
        else {
            throw StoreError(
                .damaged, "the seal of the vault in \(directory) was altered; restore the directory from a copy")
        }
        return VaultSeal(secret: secret)
    }

    /// Seals a vault that was not: all its keys, in one transaction.
    static func make(_ database: Database, under key: VaultKeyFile) throws -> VaultSeal {
        var random = RandomWords()
        let seal = VaultSeal(secret: try random.bytes())
        try database.execute(sql: table)
        try database.execute(
            sql: "INSERT INTO vault_seal (id, key, place, secret) VALUES (1, ?, ?, ?)",
            arguments: [key.name, key.path, Data(try key.seal(seal.secret, of: vault))])
        // Written anew, and not in place: copies that rebalancing left in the gaps of a page go with the pages.
        try database.execute(
            sql: """
                CREATE TABLE vault_key_new (record BLOB PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
                """)
        let rows = try Row.fetchCursor(database, sql: "SELECT record, key FROM vault_key ORDER BY record")
        let insert = try database.makeStatement(sql: "INSERT INTO vault_key_new VALUES (?, ?)")
        while let row = try rows.next() {
            let (record, bytes): (Data, Data) = (try row.stored(0), try row.stored(1))
            guard record.count == 16, let key = unsafe bytes.withUnsafeBytes({ unsafe VaultKey(stored: $0) }) else {
                throw StoreError(.damaged, "a key in the vault is damaged; restore from a copy")
            }
            let sealed = seal.masked(key, record: Array(record))
            try insert.execute(arguments: [record, unsafe withUnsafeBytes(of: sealed) { unsafe Data($0) }])
        }
        try database.execute(sql: "DROP TABLE vault_key; ALTER TABLE vault_key_new RENAME TO vault_key")
        return seal
    }

    /// Puts the secret under another key.
    func change(to key: VaultKeyFile, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE vault_seal SET key = ?, place = ?, secret = ?",
            arguments: [key.name, key.path, Data(try key.seal(secret, of: Self.vault))])
    }

    /// Notes where the key lies now.
    static func note(place: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE vault_seal SET place = ?1 WHERE place <> ?1",
            arguments: [URL(fileURLWithPath: place).standardizedFileURL.path])
    }

    /// A key as it is stored, or the stored one as it is. The erased one stays what it is.
    func masked(_ key: VaultKey, of record: RecordIdentifier) -> VaultKey {
        var bytes: [UInt8] = []
        record.appendBytes(to: &bytes)
        return masked(key, record: bytes)
    }

    private func masked(_ key: VaultKey, record: [UInt8]) -> VaultKey {
        guard key != .erased else { return key }
        let mask = HMAC<SHA256>.authenticationCode(for: record, using: SymmetricKey(data: secret))
        guard let other = unsafe mask.withUnsafeBytes({ unsafe VaultKey(stored: $0) }) else { return key }
        return VaultKey(
            first: key.first ^ other.first, second: key.second ^ other.second, third: key.third ^ other.third,
            fourth: key.fourth ^ other.fourth)
    }

    /// The secret of the citizens' index as its file has it.
    func sealed(citizens: [UInt8]) throws -> [UInt8] {
        try SealedSecret.seal(citizens, with: secret, context: Self.citizens)
    }

    /// The secret of the citizens' index; nil when the file was altered.
    func opened(citizens: [UInt8]) -> [UInt8]? {
        SealedSecret.open(citizens, with: secret, context: Self.citizens)
    }
}
