public import ExchangeSchema

/// A party's state in memory: what the simulation and the tests run cores on. A value: a copy is a checkpoint, and the
/// same calls always leave the same state. Reading never fails.
public struct MemoryState<Record: RecordValue>: PartyState {
    /// The state of every record the party has seen.
    public private(set) var records: [RecordIdentifier: Record] = [:]
    /// What was noted beside the records.
    public private(set) var notes: [RecordIdentifier: RecordWords] = [:]
    /// What is kept, by position from ``firstPosition``; nil where it was dropped.
    private var queue: [KeptEntry?] = []
    /// Position of the first place of the queue.
    private var firstPosition: Int64 = 1
    /// What binds each subject to the journal.
    private var links: [RecordIdentifier: EvidenceLink] = [:]
    /// Subjects changed since the last seal.
    private var changed: Set<RecordIdentifier> = []
    /// Dropped places at the front of the queue, to be given back when they are many.
    private var gap = 0

    /// A party that has seen nothing.
    public init() {}

    /// The state of a record.
    public func record(_ identifier: RecordIdentifier) -> Record? { records[identifier] }

    /// Sets the state of a record.
    public mutating func set(_ record: Record, for identifier: RecordIdentifier) {
        records[identifier] = record
        changed.insert(identifier)
    }

    /// What was noted of something that is no record.
    public func note(_ subject: RecordIdentifier) -> RecordWords? { notes[subject] }

    /// Notes something.
    public mutating func setNote(_ words: RecordWords, for subject: RecordIdentifier) { notes[subject] = words }

    /// Records whose fifth word is one of these values.
    public func records(withFifthWord values: Set<UInt64>) -> [RecordIdentifier] {
        records.filter { values.contains($0.value.words.fifth) }.keys.sorted()
    }

    /// Keeps bytes at the end of the queue. Positions count from 1.
    public mutating func keep(_ bytes: [UInt8], for record: RecordIdentifier, since: Int64) -> Int64 {
        let position = firstPosition + Int64(queue.count)
        let entry = KeptEntry(position: position, record: record, since: since, bytes: bytes)
        queue.append(entry)
        toggle(entry)
        return position
    }

    /// What is kept at a position, or nil when it was dropped or never kept.
    public func kept(at position: Int64) -> [UInt8]? { place(of: position).flatMap { queue[$0]?.bytes } }

    /// Stops keeping what is at a position.
    public mutating func drop(_ position: Int64) {
        guard let place = place(of: position) else { return }
        if let entry = queue[place] { toggle(entry) }
        queue[place] = nil
        while gap < queue.count, queue[gap] == nil { gap += 1 }
        if gap > 1024, gap > queue.count / 2 {
            queue.removeFirst(gap)
            firstPosition += Int64(gap)
            gap = 0
        }
    }

    /// The entries kept longest, oldest first.
    public func oldestKept(limit: Int) -> [KeptEntry] {
        Array(queue[gap...].lazy.compactMap { $0 }.prefix(max(0, limit)))
    }

    /// How many entries are kept.
    public var keptCount: Int { queue.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

    /// Records by phase, counted from the states and not from the ledger: the two must agree.
    public var countByPhase: [RecordPhase: Int64] {
        records.values.reduce(into: [:]) { $0[$1.phase, default: 0] += 1 }
    }

    /// What is kept at a position, with all that belongs to it.
    public func keptEntry(at position: Int64) -> KeptEntry? { place(of: position).flatMap { queue[$0] } }

    /// What binds a subject to the journal.
    public func link(of subject: RecordIdentifier) -> EvidenceLink { links[subject] ?? EvidenceLink() }

    /// Binds a subject to the journal, in place of what bound it before.
    public mutating func setLink(_ link: EvidenceLink, of subject: RecordIdentifier) {
        links[subject] = link
        changed.insert(subject)
    }

    /// Notes that a leaf is about a subject.
    public mutating func chain(_ subject: RecordIdentifier, to leaf: Int64) -> PreviousLeaf {
        let last = links[subject, default: EvidenceLink()].last
        links[subject, default: EvidenceLink()].last = leaf
        changed.insert(subject)
        return last < 0 ? .first : .leaf(last)
    }

    /// What has changed.
    public func changedSubjects() -> [SubjectRow] {
        changed.map { SubjectRow($0, words: records[$0]?.words ?? .none, link: link(of: $0)) }
    }

    /// The changes are sealed in leaves.
    public mutating func sealed() { changed.removeAll(keepingCapacity: true) }

    private mutating func toggle(_ entry: KeptEntry) {
        links[entry.record, default: EvidenceLink()].kept.toggle(entry.digest)
        changed.insert(entry.record)
    }

    private func place(of position: Int64) -> Int? {
        guard position >= firstPosition, position - firstPosition < Int64(queue.count) else { return nil }
        return Int(position - firstPosition)
    }
}
