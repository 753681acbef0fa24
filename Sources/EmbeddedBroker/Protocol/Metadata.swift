/// Metadata (key 3), versions 0 to 12. Topics have numbers from 10 on, and can be asked for by them from 12 on.
struct MetadataRequest: Equatable {
    /// `nil` asks for all topics.
    var topics: [TopicReference]?
    var mayCreateTopics: Bool
    var includesClusterOperations = false
    var includesTopicOperations = false

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics = try reader.nullableArray("topics") {
            (reader: inout WireReader) throws(ProtocolError) -> TopicReference in
            let topic = try Self.topic(&reader, version)
            try reader.tags()
            return topic
        }
        // Version 0 had no null array: there an empty one asks for all.
        if version == 0 && topics == [] { topics = nil }
        mayCreateTopics = version >= 4 ? try reader.boolean("allow auto topic creation") : true
        if version >= 8 {
            if version <= 10 { includesClusterOperations = try reader.boolean("include cluster authorized operations") }
            includesTopicOperations = try reader.boolean("include topic authorized operations")
        }
        try reader.tags()
    }

    private static func topic(_ reader: inout WireReader, _ version: Int16) throws(ProtocolError) -> TopicReference {
        switch version {
        case 12...: return try reader.idOrName("topic name")
        case 10...: _ = try reader.topicId()
        default: break
        }
        return .name(try reader.string("topic name"))
    }
}

struct MetadataReply {
    struct Topic {
        var error: ErrorCode
        /// `nil` where the topic was asked for by its number and is not there, or not to be seen.
        var name: String?
        var id = TopicId.none
        var partitions: Int
        var operations = MetadataReply.noOperations
    }

    var host: String
    var port: Int
    var clusterId: String
    var topics: [Topic]
    var operations = noOperations

    /// The number of the only broker.
    static let nodeId: Int32 = 1
    /// "Not asked for", where authorised operations would stand (KIP-430).
    static let noOperations = Int32.min

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 3 { writer.integer(Int32(0)) }
        writer.array([Self.nodeId]) { writer, node in
            writer.integer(node)
            writer.string(host)
            writer.integer(Int32(truncatingIfNeeded: port))
            if version >= 1 { writer.nullableString(nil) }
            writer.tags()
        }
        if version >= 2 { writer.nullableString(clusterId) }
        if version >= 1 { writer.integer(Self.nodeId) }
        writer.array(topics) { writer, topic in
            writer.error(topic.error)
            writer.nullableString(topic.name)
            if version >= 10 { writer.topicId(topic.id) }
            if version >= 1 { writer.boolean(false) }
            writer.array(Array(0..<topic.partitions)) { writer, index in
                Self.write(partition: index, to: &writer, version: version)
            }
            if version >= 8 { writer.integer(topic.operations) }
            writer.tags()
        }
        if (8...10).contains(version) { writer.integer(operations) }
        writer.tags()
    }

    private static func write(partition: Int, to writer: inout WireWriter, version: Int16) {
        writer.error(.none)
        writer.integer(Int32(truncatingIfNeeded: partition))
        writer.integer(nodeId)
        if version >= 7 { writer.integer(Int32(0)) }
        writer.array([nodeId]) { $0.integer($1) }
        writer.array([nodeId]) { $0.integer($1) }
        if version >= 5 { writer.array([Int32]()) { $0.integer($1) } }
        writer.tags()
    }
}
