public import ExchangeSchema
public import PartyCore

/// The state a core works on when it lives in SQLite: reads through to the tables, gathers changes until the batch is
/// committed, and remembers the states used last so that a record on its way is looked up on disk once.
public struct StoreState<Record: RecordValue>: PartyState {
    private let records: RecordTable
    private let keptTable: KeptTable
    private let noteTable: NoteTable
    private var noted: [RecordIdentifier: RecordWords] = [:]
    private var cache = WordCache()
    private var added: [KeptEntry] = []
    private var dropped: Set<Int64> = []
    private(set) var nextPosition: Int64
    /// What people read of the party; nil for nothing.
    var readModel: ReadModelTable?

    init(records: RecordTable, kept: KeptTable, notes: NoteTable, nextPosition: Int64) {
        self.records = records
        noteTable = notes
        keptTable = kept
        self.nextPosition = nextPosition
    }

    /// The state of a record, from memory or disk.
    public mutating func record(_ identifier: RecordIdentifier) throws -> Record? {
        guard let words = try cache.words(identifier, orFrom: records) else { return nil }
        guard let record = Record(words: words) else {
            throw StoreError(.damaged, "the state of record \(identifier) is damaged; restore from a copy")
        }
        return record
    }

    /// Sets a state; it is written with the batch.
    public mutating func set(_ record: Record, for identifier: RecordIdentifier) {
        cache.set(record.words, for: identifier)
    }

    /// What was noted, of this batch or an earlier one.
    public mutating func note(_ subject: RecordIdentifier) throws -> RecordWords? {
        try noted[subject] ?? noteTable.words(subject)
    }

    /// Notes something; it is written with the batch.
    public mutating func setNote(_ words: RecordWords, for subject: RecordIdentifier) { noted[subject] = words }

    /// Records whose fifth word is one of these values, those changed in this batch as they are now.
    public mutating func records(withFifthWord values: Set<UInt64>) throws -> [RecordIdentifier] {
        try cache.identifiers(withFifthWord: values, of: records.identifiers(withFifthWord: values))
    }

    /// Keeps bytes; they are written with the batch.
    public mutating func keep(_ bytes: [UInt8], for record: RecordIdentifier, since: Int64) -> Int64 {
        let position = nextPosition
        nextPosition += 1
        added.append(KeptEntry(position: position, record: record, since: since, bytes: bytes))
        return position
    }

    /// What is kept, of this batch or an earlier one.
    public mutating func kept(at position: Int64) throws -> [UInt8]? {
        if dropped.contains(position) { return nil }
        guard let first = added.first?.position, position >= first else { return try keptTable.bytes(at: position) }
        return position < nextPosition ? added[Int(position - first)].bytes : nil
    }

    /// Stops keeping; the row goes with the batch.
    public mutating func drop(_ position: Int64) {
        if position > 0 { dropped.insert(position) }
    }

    /// The oldest entries, those of this batch among them, that no change of this batch has dropped.
    public mutating func oldestKept(limit: Int) throws -> [KeptEntry] {
        var entries = try keptTable.entries(after: 0, limit: limit + dropped.count)
        if entries.count < limit + dropped.count { entries += added }
        return Array(entries.filter { !dropped.contains($0.position) }.prefix(limit))
    }

    /// What the read model says, in the batch's transaction.
    public mutating func answer(
        _ question: ReadModelQuestion, after changes: ReadModelChanges
    ) throws -> ReadModelAnswer? { try readModel?.answer(question, after: changes) }

    func finalize() {
        records.finalize()
        keptTable.finalize()
        noteTable.finalize()
    }

    /// Writes the batch's changes; to be called inside its transaction.
    mutating func flush() throws {
        try cache.flush(to: records)
        for (subject, words) in noted { try noteTable.set(words, for: subject) }
        noted.removeAll(keepingCapacity: true)
        added.removeAll { dropped.remove($0.position) != nil }
        // What goes makes room for what comes: a page that is overwritten because it became free is written once.
        for position in dropped.sorted() { try keptTable.delete(position) }
        for entry in added { try keptTable.insert(entry) }
        added.removeAll(keepingCapacity: true)
        dropped.removeAll(keepingCapacity: true)
    }
}
