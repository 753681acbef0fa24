import KafkaClient

/// Counts messages that their sender has put into another partition than the topology's rule says. One instance that
/// reads all partitions takes them in all the same; with several each costs a second way through the broker, so it is
/// said once of each sender and topic while it can be mended.
struct PlacementCheck {
    /// Senders remembered at most, so that one that invents names costs no memory.
    private static let mostSenders = 1_000

    /// Messages found in a partition that is not their key's, since the start.
    private(set) var misplaced: Int64 = 0
    private var said: Set<String> = []

    /// Looks at one record, which was read from a topic of so many partitions.
    /// - Parameter source: Who sent it; asked for only where it is misplaced.
    /// - Returns: A warning, where it is the first of its sender on this topic.
    mutating func note(
        _ record: ConsumedRecord, in batch: borrowing ConsumedBatch, of topic: WiredTopic, source: () -> String
    ) -> String? {
        guard topic.partitions > 1, !record.key.isAbsent else { return nil }
        let own = batch.withBytes(record.key) { murmur2Partition(key: $0, count: Int32(topic.partitions)) }
        guard own != record.partition else { return nil }
        misplaced += 1
        let source = source()
        guard said.count < Self.mostSenders, said.insert("\(topic.name) \(source)").inserted else { return nil }
        return
            "\(topic.name): \(source.isEmpty ? "a sender without ce_source" : source) does not place by murmur2 of the "
            + "key: a message of partition \(own) lies in partition \(record.partition). Set partitioner=murmur2_random in "
            + "a client of librdkafka"
    }
}
