import ExchangeSchema
import PartyCore

/// The states used last, those not yet written, and those of which ``RecordTable`` has an older one. Holds words and not
/// records, so that the code is the same for every party and needs no generics at run time (measured: 6 percent of a
/// party's processor time).
struct WordCache {
    private struct Entry {
        var words: RecordWords
        var link: EvidenceLink
        /// Not yet written.
        var isDirty = false
        /// Written as a change, and not yet in the table of records.
        var isAhead = false
    }

    private var young = SubjectTable<Entry>()
    private var old = SubjectTable<Entry>()
    /// Places of what is not yet written, and of what is ahead of the table; in the young.
    private var dirty: [Int] = []
    private var ahead: [Int] = []
    private var scratch: [UInt8] = []

    /// States remembered, at most twice this many: some 7 MiB.
    private static let generation = 32_768
    /// So many records are ahead of the table at most: one write of a page then does for many of them, and a record that
    /// goes through all its phases meanwhile is written once. As many are read again at a start after a crash.
    private static let mostAhead = 16_384

    /// - Parameter proof: Checks a row that comes from the disk.
    mutating func words(
        _ identifier: RecordIdentifier, orFrom records: RecordTable, proof: (SubjectRow) throws -> Void
    ) throws -> RecordWords? { try place(identifier, orFrom: records, proof: proof).map { young[$0].words } }

    /// The place of a record among the young, good until the batch is written; nil for what is no record here.
    mutating func place(
        _ identifier: RecordIdentifier, orFrom records: RecordTable, proof: (SubjectRow) throws -> Void
    ) throws -> Int? {
        if let place = young.place(of: identifier) { return place }
        if let place = old.place(of: identifier) { return young.add(old[place], for: identifier) }
        guard let row = try records.row(identifier) else { return nil }
        try proof(row)
        return young.add(Entry(words: row.words, link: row.link), for: identifier)
    }

    mutating func set(_ words: RecordWords, for identifier: RecordIdentifier) {
        if let place = young.place(of: identifier) {
            young[place].words = words
            note(place)
        } else {
            let link = old.place(of: identifier).map { old[$0].link } ?? EvidenceLink()
            note(young.add(Entry(words: words, link: link), for: identifier))
        }
    }

    /// What binds the record at a place to the journal.
    func link(at place: Int) -> EvidenceLink { young[place].link }

    /// Binds it.
    mutating func setLink(_ link: EvidenceLink, at place: Int) {
        young[place].link = link
        note(place)
    }

    private mutating func note(_ place: Int) {
        guard !young[place].isDirty else { return }
        young[place].isDirty = true
        dirty.append(place)
    }

    private func row(_ place: Int) -> SubjectRow {
        let entry = young.entries[place]
        return SubjectRow(entry.subject, words: entry.value.words, link: entry.value.link)
    }

    /// The changed states.
    var changed: [SubjectRow] { dirty.map { row($0) } }

    /// Puts what was changed in the place of what was found in the table of records.
    func identifiers(withFifthWord values: Set<UInt64>, of stored: [RecordIdentifier]) -> [RecordIdentifier] {
        var found = Set(stored)
        for place in ahead + dirty {
            let (identifier, words) = (young.entries[place].subject, young[place].words)
            if values.contains(words.fifth) { found.insert(identifier) } else { found.remove(identifier) }
        }
        return found.sorted()
    }

    /// Writes the changed states as changes, and where these have become many, brings the table of records up to date.
    mutating func flush(to records: RecordTable, _ changes: RecordChangeTable) throws(StoreError) {
        scratch.removeAll(keepingCapacity: true)
        for place in dirty {
            RecordChangeTable.append(row(place), to: &scratch)
            young[place].isDirty = false
            if !young[place].isAhead {
                young[place].isAhead = true
                ahead.append(place)
            }
        }
        dirty.removeAll(keepingCapacity: true)
        try changes.add(scratch)
        if ahead.count >= Self.mostAhead || young.count >= Self.generation { try catchUp(records, changes) }
        if young.count >= Self.generation {
            old = young
            young = SubjectTable()
        }
    }

    /// Brings the table of records up to date; to be called inside a transaction.
    mutating func catchUp(_ records: RecordTable, _ changes: RecordChangeTable) throws(StoreError) {
        guard !ahead.isEmpty else { return }
        // In the order of the table, so that a page is written once for all that belongs on it.
        var rows: [SubjectRow] = []
        rows.reserveCapacity(ahead.count)
        for place in ahead {
            rows.append(row(place))
            young[place].isAhead = false
        }
        rows.sort { $0.subject < $1.subject }
        for row in rows { try records.set(row) }
        ahead.removeAll(keepingCapacity: true)
        try changes.clear()
    }
}
