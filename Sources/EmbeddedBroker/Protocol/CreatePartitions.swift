/// CreatePartitions (key 37), versions 0 to 3.
struct CreatePartitionsRequest: Equatable {
    struct Topic: Equatable {
        var name: String
        /// The number wanted in all, not of new ones.
        var count: Int32
        /// The brokers of each new partition; `nil` leaves it to us.
        var assignments: [[Int32]]?
    }

    var topics: [Topic]
    var validateOnly: Bool

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"), count: try reader.integer("count"),
                assignments: try reader.nullableArray("assignments") {
                    (reader: inout WireReader) throws(ProtocolError) -> [Int32] in
                    let brokers = try reader.indices("broker ids")
                    try reader.tags()
                    return brokers
                })
            try reader.tags()
            return topic
        }
        _ = try reader.integer("timeout", as: Int32.self)
        validateOnly = try reader.boolean("validate only")
        try reader.tags()
    }
}

struct CreatePartitionsReply {
    var topics: [(name: String, error: ErrorCode, message: String?)]

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.error(topic.error)
            writer.nullableString(topic.message)
            writer.tags()
        }
        writer.tags()
    }
}
