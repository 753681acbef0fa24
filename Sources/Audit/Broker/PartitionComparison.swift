import ExchangeSchema
import PartyCore
import PartyStore
import Vocabulary

/// A leaf about one record of a partition, or about a run of them.
struct ReadRecord {
    var first: Int64
    var last: Int64
    var digest: PayloadDigest
    var number: Int64
    var reader: UInt16
    var type: UInt8
    var isRun: Bool

    init(_ leaf: JournalLeaf, number: Int64, reader: Int) {
        first = leaf.offset
        last = leaf.lastOffset
        digest = leaf.digest
        self.number = number
        self.reader = UInt16(clamping: reader)
        type = leaf.type
        isRun = leaf.decision == .stray
    }
}

/// Holds the records of a partition, one after the other, against the leaves about them.
struct PartitionComparison {
    /// Offsets one after the other with the same fault.
    struct Stretch {
        var first: Int64
        var last: Int64
        /// Places of those who read them.
        var readers: Set<Int>
        /// The leaf of the first.
        var example: ReadRecord?
    }

    /// Leaves about one record each, and those about runs, both in the order of their offsets.
    private let singles: [ReadRecord]
    private let runs: [ReadRecord]
    private let type: MessageType?
    private var nextSingle = 0
    private var nextRun = 0
    /// What was found of the runs that the records have come into, by their place.
    private var open: [Int: StrayRun] = [:]
    /// Records that somebody has read.
    private(set) var records: Int64 = 0
    /// Read, and not there.
    private(set) var gone: [Stretch] = []
    /// There, and not what was read.
    private(set) var changed: [Stretch] = []

    /// - Parameters:
    ///   - entries: In the order of their offsets.
    ///   - type: What the topic carries.
    init(_ entries: [ReadRecord], type: MessageType?) {
        singles = entries.filter { !$0.isRun }
        runs = entries.filter(\.isRun)
        self.type = type
    }

    /// Takes the next record of the partition.
    mutating func take(_ record: TrafficRecord) {
        pass(before: record.offset)
        var isRead = false
        while nextSingle < singles.count, singles[nextSingle].first == record.offset {
            isRead = true
            if !isSame(record, singles[nextSingle]) { Self.note(singles[nextSingle], &changed) }
            nextSingle += 1
        }
        var place = nextRun
        while place < runs.count, runs[place].first <= record.offset {
            if runs[place].last >= record.offset {
                isRead = true
                add(record, to: place)
            }
            place += 1
        }
        if isRead { records += 1 }
    }

    /// No record follows.
    mutating func end() { pass(before: .max) }

    /// Leaves behind what is about records before an offset.
    private mutating func pass(before offset: Int64) {
        while nextSingle < singles.count, singles[nextSingle].first < offset {
            Self.note(singles[nextSingle], &gone)
            nextSingle += 1
        }
        while nextRun < runs.count, runs[nextRun].last < offset {
            judge(runs[nextRun], open.removeValue(forKey: nextRun))
            nextRun += 1
        }
    }

    private mutating func judge(_ entry: ReadRecord, _ found: StrayRun?) {
        guard let found, found.place.offset == entry.first, found.last == entry.last else {
            return Self.note(entry, &gone)
        }
        if found.digest != entry.digest { Self.note(entry, &changed) }
    }

    private mutating func add(_ record: TrafficRecord, to place: Int) {
        let value = record.value ?? []
        let digest = unsafe PayloadDigest(of: value.span.bytes, type: nil, salt: .none)
        if open[place] == nil {
            let at = MessagePlace(topic: 0, partition: record.partition, offset: record.offset)
            open[place] = StrayRun(at: at, digest)
        } else {
            open[place]?.add(digest)
        }
    }

    /// A leaf without a type says of a record what could be told of it: as of its topic's type where it was handed on, else as of
    /// none.
    private func isSame(_ record: TrafficRecord, _ entry: ReadRecord) -> Bool {
        let (value, salt) = (record.value ?? [], record.header(ObservedPayload.saltHeader) ?? [])
        func digest(_ type: MessageType?, _ salt: [UInt8]) -> PayloadDigest {
            unsafe ObservedPayload.digest(of: value.span.bytes, type: type, salt: salt.span.bytes)
        }
        if digest(MessageType(rawValue: entry.type), salt) == entry.digest { return true }
        guard entry.type == 0 else { return false }
        return digest(type, salt) == entry.digest || digest(nil, []) == entry.digest
    }

    private static func note(_ entry: ReadRecord, _ stretches: inout [Stretch]) {
        let reader = Int(entry.reader)
        if let index = stretches.indices.last, entry.first <= stretches[index].last + 1 {
            stretches[index].last = max(stretches[index].last, entry.last)
            stretches[index].readers.insert(reader)
        } else {
            stretches.append(Stretch(first: entry.first, last: entry.last, readers: [reader], example: entry))
        }
    }
}
