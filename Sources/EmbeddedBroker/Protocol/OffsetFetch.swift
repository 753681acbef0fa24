/// OffsetFetch (key 9), versions 1 to 7.
struct OffsetFetchRequest: Equatable {
    struct Topic: Equatable {
        var name: String
        var partitions: [Int32]
    }

    var group: String
    /// `nil` asks for every offset the group has committed.
    var topics: [Topic]?

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        topics = try reader.nullableArray("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") { (reader: inout WireReader) throws(ProtocolError) in
                    try reader.integer("partition index", as: Int32.self)
                })
            try reader.tags()
            return topic
        }
        if version >= 7 { _ = try reader.boolean("require stable") }
        try reader.tags()
    }
}

struct OffsetFetchReply {
    struct Partition {
        var index: Int32
        /// -1: nothing committed.
        var offset: Int64
        var leaderEpoch: Int32
        var metadata: String?
    }

    var topics: [(name: String, partitions: [Partition])]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 3 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.integer(partition.offset)
                if version >= 5 { writer.integer(partition.leaderEpoch) }
                writer.nullableString(partition.metadata)
                writer.error(.none)
                writer.tags()
            }
            writer.tags()
        }
        if version >= 2 { writer.error(.none) }
        writer.tags()
    }
}
