public import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import TransparencyLog

/// Writes what people do into the log of an auditor that is not running, and erases.
public final class AccessLog {
    private let store: PartyStore<NoRecord>
    private let directory: String
    private let evidence: String?
    private let party: String

    /// Opens an auditor's directory.
    /// - Parameter evidence: The folder in which the latest checkpoint is published as well; nil for none.
    /// - Throws: ``StoreError`` when it is in use, damaged, of another version, or none.
    public init(directory: String, evidence: String?) throws {
        let identity: StoreIdentity
        do {
            let known = try VaultInspection(directory: directory)
            identity = StoreIdentity(party: known.store.party, exchange: known.store.exchange)
        }
        store = try PartyStore(directory: directory, identity: identity, durability: .power)
        _ = try store.sign(directory: directory, identity: identity)
        self.directory = directory
        self.evidence = evidence
        party = identity.party
    }

    /// The entries so far, oldest first.
    public static func entries(_ store: StoreInspection) throws -> [(leaf: Int64, json: [UInt8])] {
        try store.view.read { database in
            guard try database.tableExists("access") else { return [] }
            return try Row.fetchAll(database, sql: "SELECT leaf, entry FROM access ORDER BY leaf").map { row in
                let entry: Data = try row.stored(1)
                return (try row.stored(0), Array(entry))
            }
        }
    }

    /// Appends an act, and signs the log with it.
    public func append(_ entry: AccessEntry) throws {
        try write(entry) { _ in }
        try finish(entry)
    }

    /// Erases a citizen: overwrites the keys of all records that were seen with the number, takes the records out of the
    /// index, and writes the act down.
    /// - Parameters:
    ///   - number: 12 digits.
    ///   - entry: The act; its subject becomes the erased records.
    ///   - keyFile: Where the key of the vault lies; nil for where it lay last.
    /// - Returns: The erased records; none when the number was never seen, and then nothing is changed.
    public func erase(
        citizen number: UInt64, _ entry: AccessEntry, keyFile: String? = nil
    ) throws -> [RecordIdentifier] {
        let seal = try store.queue.read { try VaultSeal.open($0, file: keyFile, directory: directory) }
        let index = try CitizenIndex(directory: directory, mayMake: false, seal: seal)
        let records = try store.queue.read { try index.records(of: number, $0) }
        guard !records.isEmpty else { return [] }
        var entry = entry
        entry.subject = records.map(\.description).joined(separator: " ")
        try write(entry) { database in try Self.erase(Set(records), index, database) }
        try finish(entry)
        // What the log of the database still held is gone with it.
        let isDone = try store.queue.writeWithoutTransaction { database in
            try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { row in
                let busy: Int = try row.stored(0)
                return busy == 0
            }
        }
        guard isDone == true else {
            throw StoreError(.inUse, "\(directory): another process reads the database; end it, and erase again")
        }
        return records
    }

    /// The table of keys is written anew without the erased ones and the former one dropped: with `secure_delete` its
    /// pages are overwritten, and with them copies that rebalancing may have left in their gaps.
    private static func erase(_ records: Set<RecordIdentifier>, _ index: CitizenIndex, _ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TEMP TABLE erased (record BLOB PRIMARY KEY) WITHOUT ROWID;
                CREATE TABLE vault_key_new (record BLOB PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
                """)
        for record in records {
            var id: [UInt8] = []
            record.appendBytes(to: &id)
            try database.execute(sql: "INSERT INTO erased VALUES (?)", arguments: [Data(id)])
        }
        try database.execute(
            sql: """
                INSERT INTO vault_key_new SELECT record,
                    CASE WHEN record IN (SELECT record FROM erased) THEN zeroblob(\(VaultKey.width)) ELSE key END
                    FROM vault_key ORDER BY record;
                DROP TABLE vault_key;
                ALTER TABLE vault_key_new RENAME TO vault_key;
                DROP TABLE erased;
                """)
        try index.remove(records, database)
    }

    private func write(_ entry: AccessEntry, _ change: (Database) throws -> Void) throws {
        let json = entry.json
        let number = Int64(clamping: store.tree.size)
        let leaf = unsafe JournalLeaf(
            decision: .looked, type: 0, reason: 0, topic: .max, partition: -1, offset: -1, message: entry.message,
            cause: .none, time: entry.time,
            digest: ObservedPayload.digest(of: json.span.bytes, type: nil, salt: RawSpan()))
        var leaves: [UInt8] = []
        leaf.append(to: &leaves)
        try store.batch(with: { database in
            try database.execute(
                sql: "INSERT INTO access (leaf, entry) VALUES (?, ?)", arguments: [number, Data(json)])
            try change(database)
        }) { _ in
            BatchCommit(
                books: store.progress.books, offsets: [], firstLeaf: number, leaves: leaves, chunk: nil,
                sentChunks: [])
        }
    }

    private func finish(_ entry: AccessEntry) throws {
        try store.sealCheckpoint(now: entry.time, force: true)
        guard let note = store.checkpoint else { return }
        for path in [directory + "/checkpoint"] + (evidence.map { ["\($0)/\(party).checkpoint"] } ?? []) {
            try SecretFile.write(note, to: path, mode: 0o644)
        }
    }

    /// Closes the directory.
    public func close() throws { try store.close() }
}
