public import ExchangeSchema
public import KafkaClient

/// Which messages a topic of a broker holds now, by their identifiers.
public struct SeenMessages {
    /// Whether nothing was deleted from its beginning, so that what it does not hold never came, or was lost.
    public let isWhole: Bool
    /// Of each identifier the half that holds 62 random bits: of 10 million messages two share it once in 90,000 runs, and
    /// then one that is missing would be passed over.
    private var halves: Set<UInt64> = []

    /// Reads a topic from its beginning to where it ends now.
    /// - Throws: ``ReplayError`` when the broker stops answering; `KafkaError`.
    public init(settings: KafkaSettings, topic: String, partitions: Int) throws {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        var ranges: [TopicPartition: Range<Int64>] = [:]
        var isWhole = true
        for partition in 0..<partitions {
            let place = TopicPartition(topic: topic, partition: Int32(partition))
            let marks = try admin.watermarks(place)
            isWhole = isWhole && marks.low == 0
            if marks.high > marks.low { ranges[place] = marks.low..<marks.high }
        }
        self.isWhole = isWhole
        try TopicReader(settings: settings).read(ranges) { record in
            if let message = record.identifier(.identifier) { halves.insert(message.low) }
        }
    }

    /// Whether a message is there.
    public func contains(_ message: MessageIdentifier) -> Bool { halves.contains(message.uuid.low) }
}
