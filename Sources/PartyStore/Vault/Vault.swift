public import ExchangeSchema
import GRDB
import PartyCore

/// Keeps whole Kafka records in the auditor's database, in the transaction of their leaves, each under a key of the
/// record it is about: with the key goes all that was ever sent about a person, and no leaf has to change.
///
/// To be used inside the body of ``PartyStore/batch(_:)``: ``begin()``, ``add(_:topic:partition:offset:timestamp:lengths:bytes:)``
/// for each record of the batch, ``flush(firstLeaf:)``.
public final class Vault {
    private struct Partition: Hashable {
        var topic: Int
        var partition: Int32
    }

    private let keys: VaultKeys
    private let index: CitizenIndex
    private let payloads: Statement
    private let places: Statement
    private let citizens: Statement
    private let access: Statement
    private var row: VaultRow.Builder
    private var firstOffsets: [Partition: Int64] = [:]
    private var last: Partition?
    private var entries: [UInt8] = []

    /// Makes or opens the vault of a store.
    /// - Parameters:
    ///   - directory: The auditor's directory.
    ///   - topics: All topics, in the order in which leaves number them.
    ///   - keyFile: Where the key lies under which the vault's keys are, or are to be from now on; nil for where it lay
    ///     last, of a vault that has one.
    /// - Throws: ``StoreError`` when the vault was made with other topics, or its secret is gone; `vaultKey` when the key is
    ///   not there, or another's.
    public init(
        _ store: PartyStore<NoRecord>, directory: String, topics: [String], keyFile: String? = nil
    ) throws {
        row = VaultRow.Builder(try RecordPacker())
        let seal: VaultSeal?
        do {
            seal = try Self.seal(store, keyFile, topics, directory)
            (keys, payloads, places, citizens, access) = try store.queue.writeWithoutTransaction { database in
                guard let connection = unsafe database.sqliteConnection else {
                    throw StoreError(.database, "SQLite gave no connection")
                }
                return unsafe (
                    try VaultKeys(connection, seal: seal),
                    try Statement(connection, "INSERT INTO vault (first, payloads) VALUES (?1, ?2)"),
                    try Statement(
                        connection,
                        "INSERT OR REPLACE INTO place (topic, partition, first, leaf) VALUES (?1, ?2, ?3, ?4)"),
                    try Statement(connection, "INSERT INTO citizen (first, entries) VALUES (?1, ?2)"),
                    try Statement(connection, "INSERT INTO access (leaf, entry) VALUES (?1, ?2)")
                )
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory)
        }
        index = try CitizenIndex(directory: directory, mayMake: store.progress.nextSequence == 0, seal: seal)
        if let seal { try index.hide(under: seal, directory: directory) }
    }

    /// Makes the tables, and opens the seal or makes it.
    private static func seal(
        _ store: PartyStore<NoRecord>, _ keyFile: String?, _ topics: [String], _ directory: String
    ) throws -> VaultSeal? {
        var seal: VaultSeal?
        var isNew = false
        try store.queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try VaultSchema.prepare(database, topics: topics, path: directory)
                seal = try VaultSeal.open(database, file: keyFile, directory: directory)
                if let keyFile {
                    if seal == nil {
                        seal = try VaultSeal.make(database, under: try VaultKeyFile(reading: keyFile))
                        isNew = true
                    } else {
                        try VaultSeal.note(place: keyFile, database)
                    }
                }
                return .commit
            }
        }
        // The keys as they lay there before are in the log until it is cut.
        if isNew { try store.sweepDeleted() }
        return seal
    }

    /// Begins a batch.
    public func begin() throws {
        row.begin(nonce: try keys.drawRow())
        firstOffsets.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        last = nil
    }

    /// Adds a record; the batch's leaves are in the same order.
    /// - Parameters:
    ///   - record: What it is about; all zero when that cannot be told.
    ///   - timestamp: Unix milliseconds, -1 for none.
    ///   - lengths: Of key, value, and name and value of each header; -1 for what is absent.
    ///   - bytes: All of them end to end.
    public func add(
        _ record: RecordIdentifier, topic: Int, partition: Int32, offset: Int64, timestamp: Int64, lengths: [Int32],
        bytes: RawSpan
    ) throws {
        let place = Partition(topic: topic, partition: partition)
        if last != place {
            if firstOffsets[place] == nil { firstOffsets[place] = offset }
            last = place
        }
        try row.add(record, key: try keys.key(of: record), timestamp: timestamp, lengths: lengths, bytes: bytes)
    }

    /// Notes that the record added last carries a citizen's number.
    public func note(citizen number: UInt64, of record: RecordIdentifier) {
        guard keys.isNew(citizen: number, of: record) else { return }
        index.append(number, record, to: &entries)
    }

    /// Notes what a person did.
    /// - Parameter entry: The JSON of an ``AccessEntry``.
    public func note(access entry: RawSpan, leaf: Int64) throws {
        try unsafe entry.withUnsafeBytes { bytes in
            try access.bind(leaf, at: 1)
            try unsafe access.bind(borrowed: bytes, at: 2)
            try access.run()
        }
    }

    /// Writes the batch.
    public func flush(firstLeaf: Int64) throws {
        guard row.count > 0 else { return }
        try unsafe row.finish().withUnsafeBytes { bytes in
            try payloads.bind(firstLeaf, at: 1)
            try unsafe payloads.bind(borrowed: bytes, at: 2)
            try payloads.run()
        }
        for (place, offset) in firstOffsets {
            try places.bind(Int64(place.topic), at: 1)
            try places.bind(Int64(place.partition), at: 2)
            try places.bind(offset, at: 3)
            try places.bind(firstLeaf, at: 4)
            try places.run()
        }
        if !entries.isEmpty {
            try unsafe entries.withUnsafeBytes { bytes in
                try citizens.bind(firstLeaf, at: 1)
                try unsafe citizens.bind(borrowed: bytes, at: 2)
                try citizens.run()
            }
        }
        try keys.flush()
    }

    /// Lets go of the database; to be called before the store is closed.
    public func close() {
        keys.finalize()
        for statement in [payloads, places, citizens, access] { statement.finalize() }
    }
}
