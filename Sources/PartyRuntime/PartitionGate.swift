import KafkaClient

/// Lets one record into a partition until that one is confirmed, and then all others.
///
/// A broker without state of a producer takes any first batch. If the first of several on their way meets a partition
/// without a leader and the second is taken, the first counts as a duplicate and is lost. With one on its way there is
/// nothing that can overtake it. After a record that is not confirmed the partition is closed again.
///
/// `max.in.flight` of 1 would do the same for good, at one round trip a batch; this costs one when a partition is first
/// written to. What it cannot see, a broker that forgets a producer later, is caught because nothing without an offset
/// is confirmed.
struct PartitionGate {
    private struct Partition {
        var isOpen = false
        var inFlight = 0
    }

    private var topics: [[Partition]]

    /// - Parameter partitions: How many each of the producer's topics has.
    init(partitions: [Int]) {
        topics = partitions.map { Array(repeating: Partition(), count: max(1, $0)) }
    }

    /// Number of partitions of a topic, at least 1.
    func count(ofTopic topic: Int) -> Int { topics[topic].count }

    /// Whether a record may go to a partition now.
    func isOpen(_ topic: Int, _ partition: Int) -> Bool {
        topics[topic][partition].isOpen || topics[topic][partition].inFlight == 0
    }

    /// Whether a record may go to a partition, and is the only one there until it is confirmed.
    func isAwaited(_ topic: Int, _ partition: Int) -> Bool {
        !topics[topic][partition].isOpen && topics[topic][partition].inFlight == 0
    }

    /// Notes that a record has gone.
    mutating func sent(_ topic: Int, _ partition: Int) { topics[topic][partition].inFlight += 1 }

    /// Notes what became of some.
    mutating func take(_ report: PartitionReport) {
        guard topics.indices.contains(report.topic), topics[report.topic].indices.contains(Int(report.partition))
        else { return }
        let place = Int(report.partition)
        topics[report.topic][place].inFlight -= report.delivered + report.failed
        topics[report.topic][place].isOpen = report.failed == 0
    }
}
