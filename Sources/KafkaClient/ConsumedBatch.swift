/// The records of one call of `KafkaConsumer.next`, all their bytes in one buffer that is reused from call to call.
///
/// Keep one batch for the life of the consumer: after the first calls it allocates no more. A slice taken from it
/// stays valid when the batch is filled anew (the buffer is then copied once), but is best dropped before.
public struct ConsumedBatch: Sendable {
    /// The records, in the order of each partition.
    public internal(set) var records: [ConsumedRecord] = []
    /// What went wrong, beside the records and never instead of them.
    public internal(set) var problems: [ConsumeProblem] = []

    /// Bytes in use are the first `used`; the rest is room.
    var arena: [UInt8] = []
    var used = 0
    /// Every header of every record, in order.
    var headers: [HeaderRange] = []
    /// For each record one entry for each registered name: index into its headers, or -1.
    var slots: [Int16] = []
    /// How many header names the consumer that filled the batch was told.
    var slotCount = 0

    struct HeaderRange {
        let name: ByteRange
        let value: ByteRange
    }

    /// An empty batch.
    public init() {}

    /// Whether there is neither record nor problem.
    public var isEmpty: Bool { records.isEmpty && problems.isEmpty }
    /// Bytes that the records of this batch occupy.
    public var byteCount: Int { used }

    /// Lends the bytes of a range without a copy; an absent range lends none.
    public func withBytes<Result, Failure: Error>(
        _ range: ByteRange, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe arena.span.bytes.extracting(range.bounds))
    }

    /// The bytes of a range, sharing the batch's buffer; nil when absent.
    public func bytes(_ range: ByteRange) -> ArraySlice<UInt8>? {
        range.isAbsent ? nil : arena[range.bounds]
    }

    /// The text of a range; nil when absent or not UTF-8.
    public func text(_ range: ByteRange) -> String? {
        range.isAbsent ? nil : String(validating: arena[range.bounds], as: UTF8.self)
    }

    /// The key of a record, nil when it has none.
    public func key(of record: ConsumedRecord) -> ArraySlice<UInt8>? { bytes(record.key) }

    /// The value of a record, nil for a tombstone.
    public func value(of record: ConsumedRecord) -> ArraySlice<UInt8>? { bytes(record.value) }

    /// Where the value of a header stands, by the record's place in `records` and the name's place in the consumer's
    /// list of header names. The first header of that name counts. A header without a value is empty, not absent.
    public func header(_ name: Int, ofRecordAt index: Int) -> ByteRange {
        guard name >= 0, name < slotCount, records.indices.contains(index) else { return .absent }
        let slot = slots[index &* slotCount &+ name]
        return slot < 0 ? .absent : headers[Int(records[index].firstHeader) &+ Int(slot)].value
    }

    /// Every header of a record in its order, for a copy to a dead-letter topic. The values share the batch's buffer.
    public func allHeaders(of record: ConsumedRecord) -> [(name: String, value: ArraySlice<UInt8>)] {
        let first = Int(record.firstHeader)
        return headers[first..<first + Int(record.headerCount)].map { header in
            (String(decoding: arena[header.name.bounds], as: UTF8.self), arena[header.value.bounds])
        }
    }

    mutating func reset(slotCount: Int) {
        records.removeAll(keepingCapacity: true)
        problems.removeAll(keepingCapacity: true)
        headers.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        self.slotCount = slotCount
        used = 0
    }

    /// Makes room for `count` more bytes.
    mutating func reserve(_ count: Int) {
        let needed = used + count
        guard needed > arena.count else { return }
        let size = max(needed, arena.count * 2, 65_536)
        arena.append(contentsOf: repeatElement(0, count: size - arena.count))
    }
}
