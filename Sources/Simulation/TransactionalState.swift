import ExchangeSchema
import PartyCore

/// A party's state of which a transaction is open: what was committed, and what was changed since.
struct TransactionalState<Record: RecordValue>: PartyState {
    /// What is committed.
    private(set) var committed = MemoryState<Record>()
    private var changed: [RecordIdentifier: Record] = [:]
    private var noted: [RecordIdentifier: RecordWords] = [:]
    private var added: [KeptEntry] = []
    private var linked: [RecordIdentifier: EvidenceLink] = [:]
    private var dropped: Set<Int64> = []
    private var nextPosition: Int64 = 1
    /// What people read of the party, lent for the time of a transaction; nil for nothing.
    var readModel: (any ReadModel)?

    mutating func record(_ identifier: RecordIdentifier) -> Record? {
        changed[identifier] ?? committed.record(identifier)
    }

    mutating func set(_ record: Record, for identifier: RecordIdentifier) { changed[identifier] = record }

    mutating func note(_ subject: RecordIdentifier) -> RecordWords? { noted[subject] ?? committed.note(subject) }

    mutating func setNote(_ words: RecordWords, for subject: RecordIdentifier) { noted[subject] = words }

    mutating func records(withFifthWord values: Set<UInt64>) -> [RecordIdentifier] {
        let unchanged = committed.records(withFifthWord: values).filter { changed[$0] == nil }
        return (unchanged + changed.filter { values.contains($0.value.words.fifth) }.keys).sorted()
    }

    mutating func keep(_ bytes: [UInt8], for record: RecordIdentifier, since: Int64) -> Int64 {
        let position = nextPosition + Int64(added.count)
        let entry = KeptEntry(position: position, record: record, since: since, bytes: bytes)
        added.append(entry)
        toggle(entry)
        return position
    }

    mutating func kept(at position: Int64) -> [UInt8]? {
        guard !dropped.contains(position) else { return nil }
        guard position >= nextPosition else { return committed.kept(at: position) }
        let place = Int(position - nextPosition)
        return added.indices.contains(place) ? added[place].bytes : nil
    }

    mutating func drop(_ position: Int64) {
        guard dropped.insert(position).inserted else { return }
        let place = Int(position - nextPosition)
        if let entry = position < nextPosition
            ? committed.keptEntry(at: position) : added.indices.contains(place) ? added[place] : nil
        {
            toggle(entry)
        }
    }

    mutating func chain(_ subject: RecordIdentifier, to leaf: Int64) -> PreviousLeaf {
        var link = link(of: subject)
        defer { linked[subject] = link }
        let last = link.last
        link.last = leaf
        return last < 0 ? .first : .leaf(last)
    }

    mutating func changedSubjects() -> [SubjectRow] {
        Set(changed.keys).union(linked.keys).map { subject in
            SubjectRow(subject, words: record(subject)?.words ?? .none, link: link(of: subject))
        }
    }

    /// One seal a transaction.
    mutating func sealed() {}

    private func link(of subject: RecordIdentifier) -> EvidenceLink {
        linked[subject] ?? committed.link(of: subject)
    }

    private mutating func toggle(_ entry: KeptEntry) {
        var link = link(of: entry.record)
        link.kept.toggle(entry.digest)
        linked[entry.record] = link
    }

    mutating func oldestKept(limit: Int) -> [KeptEntry] {
        let entries = committed.oldestKept(limit: limit + dropped.count) + added
        return Array(entries.filter { !dropped.contains($0.position) }.prefix(limit))
    }

    func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        try readModel?.answer(question, after: changes)
    }

    /// Makes the changes durable.
    mutating func commit() {
        for (identifier, record) in changed { committed.set(record, for: identifier) }
        for (subject, words) in noted { committed.setNote(words, for: subject) }
        for entry in added { _ = committed.keep(entry.bytes, for: entry.record, since: entry.since) }
        for position in dropped { committed.drop(position) }
        for (subject, link) in linked { committed.setLink(link, of: subject) }
        committed.sealed()
        nextPosition += Int64(added.count)
        forget()
    }

    /// Takes the changes back.
    mutating func rollBack() { forget() }

    private mutating func forget() {
        // Held no longer: whoever changes the model then is its only owner.
        readModel = nil
        changed.removeAll(keepingCapacity: true)
        noted.removeAll(keepingCapacity: true)
        added.removeAll(keepingCapacity: true)
        linked.removeAll(keepingCapacity: true)
        dropped.removeAll(keepingCapacity: true)
    }
}
