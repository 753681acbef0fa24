import Audit
import EmbeddedBroker
import ExchangeSchema
import Supervision

/// The log of the exchange's own broker, read from its files, whether it runs or not.
struct BrokerFiles {
    let layout: ExchangeLayout

    /// Reads a partition around what is damaged in it.
    /// - Returns: nil where there are no files of it.
    /// - Throws: `BrokerError` when a file cannot be read.
    func read(topic: String, partition: Int32, _ body: (TrafficRecord) -> Void) throws -> BrokerPartition? {
        guard
            let files = RecordedPartition(dataDirectory: layout.brokerDirectory, topic: topic, partition: partition)
        else { return nil }
        let survey = try files.survey { record in
            body(
                TrafficRecord(
                    topic: topic, partition: partition, offset: record.offset, timestamp: record.timestamp,
                    key: record.key, value: record.value,
                    headers: record.headers.map { TrafficHeader($0.name, $0.value) }))
        }
        return BrokerPartition(
            start: survey.start, end: survey.end,
            gaps: survey.gaps.map { BrokerPartition.Gap(first: $0.first, next: $0.next, text: $0.text) })
    }
}
