/// One header of a recorded Kafka record.
public struct TrafficHeader: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value, any bytes; empty when it came without one.
    public var value: [UInt8]

    /// Takes both.
    public init(_ name: String, _ value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// A whole Kafka record as it crossed the broker, wherever it was recorded.
public struct TrafficRecord: Sendable, Equatable {
    /// Topic it was read from.
    public var topic: String
    /// Partition, from 0.
    public var partition: Int32
    /// Offset in the partition.
    public var offset: Int64
    /// Kafka timestamp; Unix milliseconds, -1 when there is none, or it is erased.
    public var timestamp: Int64
    /// Key; nil when it had none, or is erased.
    public var key: [UInt8]?
    /// Value; nil for a tombstone, or when it is erased.
    public var value: [UInt8]?
    /// Headers in their order; none when it is erased.
    public var headers: [TrafficHeader]
    /// Whether key, value and headers were erased by order, so that only the place is left.
    public var isErased: Bool

    /// Takes all fields.
    public init(
        topic: String, partition: Int32, offset: Int64, timestamp: Int64, key: [UInt8]?, value: [UInt8]?,
        headers: [TrafficHeader], isErased: Bool = false
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
        self.key = key
        self.value = value
        self.headers = headers
        self.isErased = isErased
    }

    /// What is left of an erased record.
    public init(erasedAt topic: String, partition: Int32, offset: Int64) {
        self.init(
            topic: topic, partition: partition, offset: offset, timestamp: -1, key: nil, value: nil, headers: [],
            isErased: true)
    }

    /// The bytes of the first header of this name; nil when there is none.
    public func header(_ name: String) -> [UInt8]? { headers.first { $0.name == name }?.value }

    /// `topic/partition/offset`.
    public var place: String { "\(topic)/\(partition)/\(offset)" }
}

extension TrafficRecord: EventHeaderTable {
    /// Hands over the bytes of an attribute; nil when the record has no such header.
    public func withAttribute<Result>(
        _ attribute: EventAttribute, ofRecord index: Int, _ body: (RawSpan) -> Result
    ) -> Result? {
        header(attribute.header).map { body($0.span.bytes) }
    }
}
