/// OffsetForLeaderEpoch (key 23), versions 0 to 4. One broker has led all along: the only epoch is 0.
struct OffsetForLeaderEpochRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        /// The epoch the client believes to be the present one; -1: it does not say.
        var currentEpoch: Int32
        /// The epoch whose end is asked for.
        var epoch: Int32
    }

    struct Topic: Equatable {
        var name: String
        var partitions: [Partition]
    }

    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        if version >= 3 { _ = try reader.integer("replica id", as: Int32.self) }
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let partition = Partition(
                        index: try reader.integer("partition index"),
                        currentEpoch: version >= 2 ? try reader.integer("current leader epoch") : -1,
                        epoch: try reader.integer("leader epoch"))
                    try reader.tags()
                    return partition
                })
            try reader.tags()
            return topic
        }
        try reader.tags()
    }
}

struct OffsetForLeaderEpochReply {
    struct Partition {
        var index: Int32
        var error = ErrorCode.none
        var epoch: Int32 = -1
        var endOffset: Int64 = -1
    }

    var topics: [(name: String, partitions: [Partition])]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 2 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.error(partition.error)
                writer.integer(partition.index)
                if version >= 1 { writer.integer(partition.epoch) }
                writer.integer(partition.endOffset)
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }
}
