import ExchangeSchema
import GRDBSQLite

/// The table `vault_key`: one row a record. Remembers the keys used last, because a record's messages come soon one after
/// the other.
final class VaultKeys {
    struct Entry {
        var key: VaultKey
        /// The citizen number indexed last for the record; 0 for none.
        var citizen: UInt64 = 0
    }

    private let seal: VaultSeal?
    private let select: Statement
    private let insert: Statement
    private var young: [RecordIdentifier: Entry] = [:]
    private var old: [RecordIdentifier: Entry] = [:]
    private var added: [RecordIdentifier] = []
    private var random = RandomWords()

    /// Keys remembered, at most twice this many: some 6 MiB.
    private static let generation = 32_768

    /// - Parameter seal: What the stored keys are under; nil for nothing.
    init(_ connection: OpaquePointer, seal: VaultSeal?) throws(StoreError) {
        self.seal = seal
        select = try unsafe Statement(connection, "SELECT key FROM vault_key WHERE record = ?1")
        insert = try unsafe Statement(connection, "INSERT INTO vault_key (record, key) VALUES (?1, ?2)")
    }

    func finalize() {
        select.finalize()
        insert.finalize()
    }

    /// Eight bytes for the nonces of a row.
    func drawRow() throws(StoreError) -> UInt64 { try random.next() }

    /// The key of a record, drawn where it has none. What still comes about an erased record is sealed with a key that
    /// nobody keeps.
    func key(of record: RecordIdentifier) throws(StoreError) -> VaultKey {
        if let entry = young[record] { return entry.key == .erased ? try random.key() : entry.key }
        if let entry = old[record] {
            young[record] = entry
            return entry.key == .erased ? try random.key() : entry.key
        }
        if let key = try stored(record) {
            young[record] = Entry(key: key)
            return key == .erased ? try random.key() : key
        }
        let key = try random.key()
        young[record] = Entry(key: key)
        added.append(record)
        return key
    }

    /// Whether a citizen number is new for a record, whose key was asked for before; it counts as known from now on.
    func isNew(citizen: UInt64, of record: RecordIdentifier) -> Bool {
        guard let place = young.index(forKey: record), young.values[place].key != .erased,
            young.values[place].citizen != citizen
        else { return false }
        young.values[place].citizen = citizen
        return true
    }

    /// The stored key; nil when the record has none.
    func stored(_ record: RecordIdentifier) throws(StoreError) -> VaultKey? {
        var key = (record.high.bigEndian, record.low.bigEndian)
        return try unsafe withUnsafeBytes(of: &key) { bytes throws(StoreError) -> VaultKey? in
            try unsafe select.bind(borrowed: bytes, at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            guard let found = unsafe select.withBytes(0, { unsafe VaultKey(stored: $0) }) else {
                throw StoreError(.damaged, "the key of record \(record) is damaged; restore from a copy")
            }
            return seal?.masked(found, of: record) ?? found
        }
    }

    /// Writes the new keys, in their order, so that each page is touched once; to be called inside the transaction.
    func flush() throws(StoreError) {
        added.sort()
        for record in added {
            guard let open = young[record]?.key else { continue }
            let key = seal?.masked(open, of: record) ?? open
            var row = (
                record.high.bigEndian, record.low.bigEndian, key.first, key.second, key.third, key.fourth
            )
            try unsafe withUnsafeBytes(of: &row) { row throws(StoreError) in
                try unsafe insert.bind(borrowed: UnsafeRawBufferPointer(rebasing: row[0..<16]), at: 1)
                try unsafe insert.bind(borrowed: UnsafeRawBufferPointer(rebasing: row[16..<48]), at: 2)
                try insert.run()
            }
        }
        added.removeAll(keepingCapacity: true)
        if young.count >= Self.generation {
            old = young
            young = [:]
        }
    }
}
