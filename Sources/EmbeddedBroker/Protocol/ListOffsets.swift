/// ListOffsets (key 2), versions 1 to 7.
struct ListOffsetsRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        /// Milliseconds since 1970, or ``latest``, ``earliest`` or ``newest``.
        var timestamp: Int64
    }

    struct Topic: Equatable {
        var name: String
        var partitions: [Partition]
    }

    static let latest: Int64 = -1
    static let earliest: Int64 = -2
    /// The record with the largest timestamp (KIP-734).
    static let newest: Int64 = -3

    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        _ = try reader.integer("replica id", as: Int32.self)
        if version >= 2 { _ = try reader.integer("isolation level", as: Int8.self) }
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let index = try reader.integer("partition index", as: Int32.self)
                    if version >= 4 { _ = try reader.integer("leader epoch", as: Int32.self) }
                    let partition = Partition(index: index, timestamp: try reader.integer("timestamp"))
                    try reader.tags()
                    return partition
                })
            try reader.tags()
            return topic
        }
        try reader.tags()
    }
}

struct ListOffsetsReply {
    struct Partition {
        var index: Int32
        var error: ErrorCode
        var timestamp: Int64 = -1
        var offset: Int64 = -1
    }

    var topics: [(name: String, partitions: [Partition])]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 2 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.error(partition.error)
                writer.integer(partition.timestamp)
                writer.integer(partition.offset)
                if version >= 4 { writer.integer(Int32(partition.error == .none ? 0 : -1)) }
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }
}
