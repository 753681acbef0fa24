import NIOCore

extension ConsumerGroup {
    /// The topics that the members of a group of consumers read; `nil` where they do not say so in the common form.
    ///
    /// Source: Kafka's `ConsumerProtocolSubscription` schema, whose versions all begin with version and topics.
    var subscribedTopics: Set<String>? {
        var topics: Set<String> = []
        for member in members.values {
            guard protocolType == "consumer", let metadata = member.protocols.first?.metadata else { return nil }
            var reader = WireReader(ByteBuffer(bytes: metadata), flexible: false)
            guard (try? reader.integer("version", as: Int16.self)) != nil, let names = try? reader.strings("topics")
            else { return nil }
            topics.formUnion(names)
        }
        return topics
    }
}
