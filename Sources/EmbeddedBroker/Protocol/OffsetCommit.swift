/// OffsetCommit (key 8), versions 1 to 8.
struct OffsetCommitRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        var offset: Int64
        var leaderEpoch: Int32
        var metadata: String?
    }

    struct Topic: Equatable {
        var name: String
        var partitions: [Partition]
    }

    var group: String
    /// -1: a consumer that assigns itself and is in no group.
    var generation: Int32
    var member: String
    var instance: String?
    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        generation = try reader.integer("generation")
        member = try reader.string("member id")
        instance = version >= 7 ? try reader.nullableString("group instance id") : nil
        if (2...4).contains(version) { _ = try reader.integer("retention time", as: Int64.self) }
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let index: Int32 = try reader.integer("partition index")
                    let offset: Int64 = try reader.integer("offset")
                    if version == 1 { _ = try reader.integer("commit time", as: Int64.self) }
                    let leaderEpoch: Int32 = version >= 6 ? try reader.integer("leader epoch") : -1
                    let metadata = try reader.nullableString("metadata")
                    try reader.tags()
                    return Partition(index: index, offset: offset, leaderEpoch: leaderEpoch, metadata: metadata)
                })
            try reader.tags()
            return topic
        }
        try reader.tags()
    }
}

struct OffsetCommitReply {
    var topics: [(name: String, partitions: [(index: Int32, error: ErrorCode)])]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 3 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.error(partition.error)
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }
}
