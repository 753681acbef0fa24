/// One partition of a topic.
public struct TopicPartition: Hashable, Sendable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// The partition, from 0.
    public let partition: Int32

    /// A partition by its name and number.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// `topic[partition]`.
    public var description: String { "\(topic)[\(partition)]" }
}

/// A partition a consumer is to read, and from where.
public struct PartitionAssignment: Hashable, Sendable {
    /// Where reading begins.
    public enum Start: Hashable, Sendable {
        /// At the oldest record the broker keeps.
        case beginning
        /// At the next record to be written.
        case end
        /// At this offset: the one after the last that was processed.
        case offset(Int64)
    }

    /// What to read.
    public let partition: TopicPartition
    /// From where.
    public let start: Start

    /// An assignment of one partition.
    public init(_ partition: TopicPartition, start: Start) {
        self.partition = partition
        self.start = start
    }
}
