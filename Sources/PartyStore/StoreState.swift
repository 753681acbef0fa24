public import ExchangeSchema
public import PartyCore

/// The state a core works on when it lives in SQLite: reads through to the tables, gathers changes until the batch is
/// committed, and remembers the states used last so that a record on its way is looked up on disk once.
public struct StoreState<Record: RecordValue>: PartyState {
    let records: RecordTable
    let keptTable: KeptTable
    let changes: RecordChangeTable
    private let noteTable: NoteTable
    let chains: ChainTable
    let proof: RowProof
    /// What binds to the journal what is no record, as far as it has changed in this batch; nil for what has become one.
    var loose: [RecordIdentifier: EvidenceLink?] = [:]
    /// What was read of the queue in this batch.
    var taken: [Int64: KeptEntry] = [:]
    private var noted: [RecordIdentifier: RecordWords] = [:]
    var cache = WordCache()
    var added: [KeptEntry] = []
    /// Digests of the first of them, as far as they are known.
    var digests: [ShortDigest?] = []
    /// What came into the queue last.
    var recent = KeptMemory()
    var dropped: Set<Int64> = []
    private(set) var nextPosition: Int64
    /// What people read of the party; nil for nothing.
    var readModel: ReadModelTable?

    init(
        records: RecordTable, changes: RecordChangeTable, kept: KeptTable, notes: NoteTable, chains: ChainTable,
        proof: RowProof, nextPosition: Int64
    ) {
        self.records = records
        self.changes = changes
        self.chains = chains
        self.proof = proof
        noteTable = notes
        keptTable = kept
        self.nextPosition = nextPosition
    }

    /// The state of a record, from memory or disk.
    public mutating func record(_ identifier: RecordIdentifier) throws -> Record? {
        guard let words = try cache.words(identifier, orFrom: records, proof: proof.check) else { return nil }
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
        guard let first = added.first?.position, position >= first else {
            if let known = recent[position] { return known.bytes }
            guard let entry = try keptTable.entry(at: position) else { return nil }
            taken[position] = entry
            return entry.bytes
        }
        return position < nextPosition ? added[Int(position - first)].bytes : nil
    }

    /// Stops keeping; the row goes with the batch.
    public mutating func drop(_ position: Int64) {
        if position > 0 { dropped.insert(position) }
    }

    /// The oldest entries, those of this batch among them, that no change of this batch has dropped.
    public mutating func oldestKept(limit: Int) throws -> [KeptEntry] {
        var entries = try keptTable.entries(after: 0, limit: limit + dropped.count)
        for (place, entry) in entries.enumerated() {
            if let known = recent[entry.position] { entries[place] = known }
        }
        if entries.count < limit + dropped.count { entries += added }
        return Array(entries.filter { !dropped.contains($0.position) }.prefix(limit))
    }

    /// What the read model says, in the batch's transaction.
    public mutating func answer(
        _ question: ReadModelQuestion, after changes: ReadModelChanges
    ) throws -> ReadModelAnswer? { try readModel?.answer(question, after: changes) }

    func finalize() {
        records.finalize()
        changes.finalize()
        chains.finalize()
        proof.finalize()
        keptTable.finalize()
        noteTable.finalize()
    }

    /// Brings the table of records up to date; to be called inside a transaction.
    mutating func catchUp() throws { try cache.catchUp(records, changes) }

    /// Writes the batch's changes; to be called inside its transaction.
    mutating func flush() throws {
        try cache.flush(to: records, changes)
        for (subject, link) in loose {
            if let link { try chains.set(SubjectRow(subject, link: link)) } else { try chains.remove(subject) }
        }
        loose.removeAll(keepingCapacity: true)
        taken.removeAll(keepingCapacity: true)
        for (subject, words) in noted { try noteTable.set(words, for: subject) }
        noted.removeAll(keepingCapacity: true)
        let places = added.indices.filter { dropped.remove(added[$0].position) == nil }
        // What goes makes room for what comes: a page that is overwritten because it became free is written once.
        for position in dropped.sorted() {
            try keptTable.delete(position)
            recent.forget(position)
        }
        for place in places {
            try keptTable.insert(added[place])
            if let digest = place < digests.count ? digests[place] : nil { recent.remember(added[place], digest) }
        }
        digests.removeAll(keepingCapacity: true)
        added.removeAll(keepingCapacity: true)
        dropped.removeAll(keepingCapacity: true)
    }
}
