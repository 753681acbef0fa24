import ExchangeSchema
import Replay

/// Recorded traffic of a test, as a list.
final class MemoryTraffic: RecordedTraffic {
    var records: [TrafficRecord]

    init(_ records: [TrafficRecord] = []) { self.records = records }

    func forEach(_ body: (TrafficRecord) throws -> Void) throws { try records.forEach(body) }

    func record(topic: String, partition: Int32, offset: Int64) -> TrafficRecord? {
        records.first { $0.topic == topic && $0.partition == partition && $0.offset == offset }
    }

    /// Takes the content of a record away.
    func erase(_ index: Int) {
        let record = records[index]
        records[index] = TrafficRecord(
            topic: record.topic, partition: record.partition, offset: record.offset, timestamp: record.timestamp,
            key: nil, value: nil, headers: [], isErased: true)
    }
}
