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
    /// Dropped places at the front of the queue, to be given back when they are many.
    private var gap = 0

    /// A party that has seen nothing.
    public init() {}

    /// The state of a record.
    public func record(_ identifier: RecordIdentifier) -> Record? { records[identifier] }

    /// Sets the state of a record.
    public mutating func set(_ record: Record, for identifier: RecordIdentifier) { records[identifier] = record }

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
        queue.append(KeptEntry(position: position, record: record, since: since, bytes: bytes))
        return position
    }

    /// What is kept at a position, or nil when it was dropped or never kept.
    public func kept(at position: Int64) -> [UInt8]? { place(of: position).flatMap { queue[$0]?.bytes } }

    /// Stops keeping what is at a position.
    public mutating func drop(_ position: Int64) {
        guard let place = place(of: position) else { return }
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

    private func place(of position: Int64) -> Int? {
        guard position >= firstPosition, position - firstPosition < Int64(queue.count) else { return nil }
        return Int(position - firstPosition)
    }
}
