/// One header of a Kafka record.
public struct ObservedHeader: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value; empty when it came without one.
    public var value: [UInt8]

    /// Takes both.
    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// A whole Kafka record as the auditor saw it.
public struct ObservedRecord: Sendable, Equatable {
    /// The topic.
    public var topic: String
    /// The partition, from 0.
    public var partition: Int32
    /// The offset.
    public var offset: Int64
    /// The record's own time, Unix milliseconds; -1 when it has none or is erased.
    public var timestamp: Int64
    /// The key; nil when it has none or is erased.
    public var key: [UInt8]?
    /// The value; nil for a tombstone, or when it is erased.
    public var value: [UInt8]?
    /// The headers in their order; none when it is erased.
    public var headers: [ObservedHeader]
    /// Whether the person it is about was erased: only the place is left.
    public var isErased: Bool

    /// Takes all fields.
    public init(
        topic: String, partition: Int32, offset: Int64, timestamp: Int64, key: [UInt8]?, value: [UInt8]?,
        headers: [ObservedHeader], isErased: Bool = false
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
    init(erasedAt topic: String, partition: Int32, offset: Int64) {
        self.init(
            topic: topic, partition: partition, offset: offset, timestamp: -1, key: nil, value: nil, headers: [],
            isErased: true)
    }

    /// The value of the first header of this name.
    public func header(_ name: String) -> [UInt8]? { headers.first { $0.name == name }?.value }
}
