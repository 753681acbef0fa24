/// DeleteTopics (key 20), versions 0 to 5.
struct DeleteTopicsRequest: Equatable {
    var topics: [String]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics = try reader.strings("topic names")
        _ = try reader.integer("timeout", as: Int32.self)
        try reader.tags()
    }
}

struct DeleteTopicsReply {
    var topics: [(name: String, error: ErrorCode, message: String?)]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.error(topic.error)
            if version >= 5 { writer.nullableString(topic.message) }
            writer.tags()
        }
        writer.tags()
    }
}
