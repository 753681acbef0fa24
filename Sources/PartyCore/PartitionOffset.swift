/// Where a party goes on in one partition of one topic.
public struct PartitionOffset: Sendable, Equatable {
    /// The topic.
    public var topic: String
    /// The partition, from 0.
    public var partition: Int32
    /// The next offset to read.
    public var next: Int64

    /// Takes all fields.
    public init(topic: String, partition: Int32, next: Int64) {
        self.topic = topic
        self.partition = partition
        self.next = next
    }
}
