/// One record of a `ConsumedBatch`: numbers, and where its bytes stand in the batch.
public struct ConsumedRecord: Sendable {
    /// Index into `KafkaConsumer.topics`.
    public let topicIndex: Int
    /// The partition it came from.
    public let partition: Int32
    /// Its offset; the next one to read is this plus one (or more, in a compacted topic).
    public let offset: Int64
    /// Milliseconds since 1970 as the producer or broker gave it, -1 when there is none.
    public let timestampMilliseconds: Int64
    /// The key, absent when it was sent without.
    public let key: ByteRange
    /// The value, absent for a tombstone.
    public let value: ByteRange
    /// Index of the first of its headers in the batch's list.
    let firstHeader: Int32
    /// How many headers it has.
    let headerCount: Int32

    /// Whether it deletes its key in a compacted topic.
    public var isTombstone: Bool { value.isAbsent }
}

/// Something that went wrong while consuming and did not come as a record.
public struct ConsumeProblem: Sendable, Equatable {
    /// What went wrong.
    public let error: KafkaError
    /// The partition it concerns, if it concerns one.
    public let partition: TopicPartition?
    /// The offset it concerns, if it concerns one.
    public let offset: Int64?
}
