public import ExchangeSchema
import Foundation
import GRDB
public import PartyCore

/// Reads the vault of an auditor, whether it runs or not.
public final class VaultInspection {
    /// Topics by the numbers that leaves name.
    public let topics: [String]
    /// The database, as of any party.
    public let store: StoreInspection
    let directory: String
    private let keyFile: String?
    /// Opened when the first key is asked for: who reads no payload needs no key.
    lazy var seal = Result {
        try store.view.read { try VaultSeal.open($0, file: keyFile, directory: directory) }
    }
    private let unpacker: RecordUnpacker
    private var rows: [LoadedRow] = []
    private var keys: [RecordIdentifier: VaultKey] = [:]

    /// Most bytes of rows kept in memory.
    private static let mostBytes = 64 << 20

    /// Opens an auditor's directory.
    /// - Parameter keyFile: Where the key lies under which the vault's keys are; nil for where it lay last.
    /// - Throws: ``StoreError`` when it is in use, of another version, damaged, or none.
    public convenience init(directory: String, keyFile: String? = nil) throws {
        try self.init(try StoreInspection(directory: directory), directory: directory, keyFile: keyFile)
    }

    /// Takes a directory that is open already.
    /// - Throws: ``StoreError`` when it holds no vault.
    public init(_ store: StoreInspection, directory: String, keyFile: String? = nil) throws {
        self.store = store
        self.keyFile = keyFile
        self.directory = directory
        unpacker = try RecordUnpacker()
        topics = try store.view.read { try VaultSchema.topics($0) }
        guard !topics.isEmpty else {
            throw StoreError(.database, "\(directory) holds no auditor's data; check the path")
        }
    }

    /// Whether an auditor has begun to keep anything in a store: it makes its tables a moment after the store itself.
    public static func isBegun(_ store: StoreInspection) throws -> Bool {
        !(try store.view.read { try VaultSchema.topics($0) }).isEmpty
    }

    /// Hands each record to the body, in the order of the auditor's leaves; holds the records of one batch at a time.
    /// - Throws: What the body throws; ``StoreError`` `damaged` where a record cannot be read.
    public func forEach(_ body: (_ leaf: Int64, TrafficRecord) throws -> Void) throws {
        try forEachEntry { entry in
            // An act of a person has a leaf and no record.
            if entry.content?.decision == .looked || entry.content?.decision == .keyChanged { return }
            guard let record = entry.record else { throw Self.damaged(entry.leaf) }
            try body(entry.leaf, record)
        }
    }

    /// One leaf of the auditor that saw a record, and what is kept of it.
    public struct Entry: Sendable {
        /// Number of the leaf.
        public var leaf: Int64
        /// The leaf; nil when its bytes are none.
        public var content: JournalLeaf?
        /// What the record is about; all zero when that could not be told.
        public var about: RecordIdentifier
        /// The record; nil when it cannot be decrypted or is gone.
        public var record: TrafficRecord?
    }

    /// The same with the leaves, and with what cannot be read.
    /// - Parameter isWanted: Which leaves; the records of all others are not decrypted.
    public func forEachEntry(
        where isWanted: (JournalLeaf) -> Bool = { _ in true }, _ body: (Entry) throws -> Void
    ) throws {
        var next: Int64 = -1
        while let row = try load("journal.first > ?1", [next]) {
            next = row.first
            let wanted = (0..<row.count).filter { row.leaf($0).map(isWanted) ?? true }
            if let payloads = row.payloads { try learnKeys(wanted.map { payloads.record($0) }) }
            for index in wanted {
                try body(
                    Entry(
                        leaf: row.first + Int64(index), content: row.leaf(index),
                        about: row.payloads?.record(index) ?? RecordIdentifier(high: 0, low: 0),
                        record: try record(row, index)))
            }
        }
    }

    /// One record by its place; nil when the auditor did not see it. Cheap when asked in the order of offsets.
    /// - Throws: ``StoreError`` `damaged` when it cannot be read.
    public func record(topic: String, partition: Int32, offset: Int64) throws -> TrafficRecord? {
        try sighting(topic: topic, partition: partition, offset: offset)?.record
    }

    /// The same, with the number of the leaf that saw it.
    public func sighting(
        topic: String, partition: Int32, offset: Int64
    ) throws -> (leaf: Int64, record: TrafficRecord)? {
        guard let number = topics.firstIndex(of: topic) else { return nil }
        let place = LoadedRow.Place(topic: UInt8(clamping: number), partition: partition, offset: offset)
        for at in rows.indices.reversed() {
            guard let index = rows[at].places[place] else { continue }
            return (rows[at].first + Int64(index), try found(rows[at], index))
        }
        let row = try load(
            """
            journal.first = (SELECT leaf FROM place WHERE topic = ?1 AND partition = ?2 AND first <= ?3
                ORDER BY first DESC LIMIT 1)
            """, [Int64(number), Int64(partition), offset])
        guard var row else { return nil }
        row.notePlaces()
        guard let index = row.places[place] else { return nil }
        remember(row)
        return (row.first + Int64(index), try found(row, index))
    }

    /// The records of a citizen that are not erased, in the order in which they were seen.
    /// - Parameter number: 12 digits.
    public func records(ofCitizen number: String) throws -> [RecordIdentifier] {
        guard let value = UInt64(number) else { return [] }
        let index = try CitizenIndex(directory: directory, mayMake: false, seal: try seal.get())
        return try store.view.read { try index.records(of: value, $0) }
    }

    private func found(_ row: LoadedRow, _ index: Int) throws -> TrafficRecord {
        guard let record = try record(row, index) else { throw Self.damaged(row.first + Int64(index)) }
        return record
    }

    private func remember(_ row: LoadedRow) {
        rows.append(row)
        while rows.count > 1, rows.reduce(0, { $0 + $1.byteCount }) > Self.mostBytes { rows.removeFirst() }
    }

    private func load(_ condition: String, _ arguments: [Int64]) throws -> LoadedRow? {
        try store.view.read { database in
            let sql = """
                SELECT journal.first, journal.leaves, vault.payloads FROM journal LEFT JOIN vault USING (first)
                WHERE \(condition) ORDER BY journal.first LIMIT 1
                """
            guard let row = try Row.fetchOne(database, sql: sql, arguments: StatementArguments(arguments)) else {
                return nil
            }
            let (leaves, payloads): (Data, Data?) = (try row.stored(1), try row.storedIfAny(2))
            return LoadedRow(first: try row.stored(0), leaves: Array(leaves), payloads: payloads.map { Array($0) })
        }
    }

    private func record(_ row: LoadedRow, _ index: Int) throws -> TrafficRecord? {
        guard let payloads = row.payloads, let leaf = row.leaf(index) else { return nil }
        let topic = topics.indices.contains(Int(leaf.topic)) ? topics[Int(leaf.topic)] : ""
        guard let key = try key(payloads.record(index)) else { return nil }
        if key == .erased {
            return TrafficRecord(erasedAt: topic, partition: leaf.partition, offset: leaf.offset)
        }
        let place = ObservedPlace(topic: topic, partition: leaf.partition, offset: leaf.offset)
        return payloads.open(index, with: key, place: place, unpacker: unpacker)
    }

    private func key(_ record: RecordIdentifier) throws -> VaultKey? {
        if let key = keys[record] { return key }
        try learnKeys([record])
        return keys[record]
    }

    /// Looks keys up in one transaction; each of its own would cost more than decryption.
    private func learnKeys(_ records: [RecordIdentifier]) throws {
        if keys.count > 65_536 { keys.removeAll(keepingCapacity: true) }
        let unknown = Set(records).filter { keys[$0] == nil }.sorted()
        guard !unknown.isEmpty else { return }
        let seal = try seal.get()
        try store.view.read { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            let table = try unsafe VaultKeys(connection, seal: seal)
            defer { table.finalize() }
            for record in unknown { keys[record] = try table.stored(record) }
        }
    }

    private static func damaged(_ leaf: Int64) -> StoreError {
        StoreError(
            .damaged, "what the auditor kept for leaf \(leaf) is gone or was altered; see cycle audit verify")
    }
}

/// One batch of the auditor in memory.
struct LoadedRow {
    struct Place: Hashable {
        var topic: UInt8
        var partition: Int32
        var offset: Int64
    }

    let first: Int64
    let count: Int
    /// Nil when they are gone or damaged.
    let payloads: VaultRow?
    private(set) var places: [Place: Int] = [:]
    private let leaves: [UInt8]

    init(first: Int64, leaves: [UInt8], payloads: [UInt8]?) {
        self.first = first
        self.leaves = leaves
        count = leaves.count / JournalLeaf.width
        self.payloads = payloads.flatMap { [count] in VaultRow(stored: $0, count: count) }
    }

    /// Notes where each record stood.
    mutating func notePlaces() {
        for index in 0..<count {
            guard let leaf = leaf(index) else { continue }
            places[Place(topic: leaf.topic, partition: leaf.partition, offset: leaf.offset)] = index
        }
    }

    var byteCount: Int { leaves.count + (payloads?.byteCount ?? 0) }

    func leaf(_ index: Int) -> JournalLeaf? {
        unsafe leaves.withUnsafeBytes { unsafe StoredLeaves($0)[index].leaf }
    }
}
