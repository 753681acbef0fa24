public import KafkaClient
public import Topology

/// How far the topics of an exchange reach.
public enum WrittenOffsets {
    /// Offsets up to which the broker has records, summed as `StatusReport.offsetsRead` is. What an auditor says of itself
    /// is not enough: after the broker came back, or on a busy machine, it may have nothing to do and much to read.
    /// - Throws: `KafkaError` when the broker does not answer within a second.
    public static func sum(_ topology: Topology, _ admin: KafkaAdmin) throws(KafkaError) -> Int64 {
        var sum: Int64 = 0
        for topic in topology.topicsToCreate where !topology.audit.topics.contains(topic.name) {
            sum += try admin.ends(ofTopic: topic.name, partitions: topic.partitions, timeoutMilliseconds: 1_000)
                .reduce(0, +)
        }
        return sum
    }
}
