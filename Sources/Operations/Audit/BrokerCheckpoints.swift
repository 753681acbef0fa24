import Audit
import EmbeddedBroker
import ExchangeSchema
import Supervision

/// The topic of checkpoints as the exchange's own broker has it, read from its files, whether it runs or not.
struct BrokerCheckpoints {
    let layout: ExchangeLayout
    /// Whether the broker's files are in the data directory.
    let isHere: Bool
    /// Name of the topic.
    let topic: String

    /// Reads it.
    func sight() -> CheckpointTopic.Sight {
        guard isHere else { return .elsewhere }
        guard
            let partition = RecordedPartition(dataDirectory: layout.brokerDirectory, topic: topic, partition: 0)
        else { return .gone("\(layout.brokerDirectory) has no topic \(topic)") }
        var copy = CheckpointTopic(name: topic)
        do {
            let end = try partition.read { record in
                copy.take(
                    TrafficRecord(
                        topic: topic, partition: 0, offset: record.offset, timestamp: record.timestamp, key: record.key,
                        value: record.value, headers: record.headers.map { TrafficHeader($0.name, $0.value) }))
            }
            copy.damage = end.damage
            return .read(copy)
        } catch {
            return .gone("\(error)")
        }
    }

    /// Names of those that have announced keys or checkpoints there.
    func publishers() -> Set<String> {
        guard case .read(let copy) = sight() else { return [] }
        return copy.publishers
    }
}
