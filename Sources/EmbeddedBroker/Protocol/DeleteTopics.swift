/// DeleteTopics (key 20), versions 0 to 6. In the last one a topic may be named by its number.
struct DeleteTopicsRequest: Equatable {
    var topics: [TopicReference]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics =
            version < 6
            ? try reader.strings("topic names").map { .name($0) }
            : try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> TopicReference in
                let topic = try reader.nameOrId("topic name")
                try reader.tags()
                return topic
            }
        _ = try reader.integer("timeout", as: Int32.self)
        try reader.tags()
    }
}

struct DeleteTopicsReply {
    struct Topic {
        /// `nil` where the topic was named by its number and is not there, or not to be seen.
        var name: String?
        var id = TopicId.none
        var error = ErrorCode.none
        var message: String?
    }

    var topics: [Topic]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.nullableString(topic.name)
            if version >= 6 { writer.topicId(topic.id) }
            writer.error(topic.error)
            if version >= 5 { writer.nullableString(topic.message) }
            writer.tags()
        }
        writer.tags()
    }
}
