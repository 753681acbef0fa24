/// DeleteRecords (key 21), versions 0 to 2.
struct DeleteRecordsRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        /// Everything before it goes; -1: everything there is.
        var offset: Int64
    }

    struct Topic: Equatable {
        var name: String
        var partitions: [Partition]
    }

    static let toTheEnd: Int64 = -1

    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let partition = Partition(
                        index: try reader.integer("partition index"), offset: try reader.integer("offset"))
                    try reader.tags()
                    return partition
                })
            try reader.tags()
            return topic
        }
        _ = try reader.integer("timeout", as: Int32.self)
        try reader.tags()
    }
}

struct DeleteRecordsReply {
    struct Partition {
        var index: Int32
        var lowWatermark: Int64 = -1
        var error = ErrorCode.none
    }

    var topics: [(name: String, partitions: [Partition])]

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.integer(partition.lowWatermark)
                writer.error(partition.error)
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }
}
