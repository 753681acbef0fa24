/// OffsetFetch (key 9), versions 1 to 8. From version 8 on, one request asks for several groups.
struct OffsetFetchRequest: Equatable {
    struct Topic: Equatable {
        var name: String
        var partitions: [Int32]
    }

    struct Group: Equatable {
        var name: String
        /// `nil` asks for every offset the group has committed.
        var topics: [Topic]?
    }

    var groups: [Group]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        if version >= 8 {
            groups = try reader.array("groups") { (reader: inout WireReader) throws(ProtocolError) -> Group in
                let group = try Self.group(&reader)
                try reader.tags()
                return group
            }
        } else {
            groups = [try Self.group(&reader)]
        }
        if version >= 7 { _ = try reader.boolean("require stable") }
        try reader.tags()
    }

    private static func group(_ reader: inout WireReader) throws(ProtocolError) -> Group {
        Group(
            name: try reader.string("group id"),
            topics: try reader.nullableArray("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
                let topic = Topic(
                    name: try reader.string("topic name"), partitions: try reader.indices("partition index"))
                try reader.tags()
                return topic
            })
    }
}

struct OffsetFetchReply {
    struct Partition {
        var index: Int32
        /// -1: nothing committed.
        var offset: Int64 = -1
        var leaderEpoch: Int32 = -1
        var metadata: String? = ""
        var error = ErrorCode.none
    }

    struct Group {
        var name: String
        var error = ErrorCode.none
        var topics: [(name: String, partitions: [Partition])] = []
    }

    var groups: [Group]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 3 { writer.integer(Int32(0)) }
        if version >= 8 {
            writer.array(groups) { writer, group in
                writer.string(group.name)
                Self.write(group, to: &writer, version: version)
                writer.error(group.error)
                writer.tags()
            }
        } else if let group = groups.first {
            Self.write(group, to: &writer, version: version)
            if version >= 2 { writer.error(group.error) }
        }
        writer.tags()
    }

    private static func write(_ group: Group, to writer: inout WireWriter, version: Int16) {
        writer.array(group.topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.integer(partition.offset)
                if version >= 5 { writer.integer(partition.leaderEpoch) }
                writer.nullableString(partition.metadata)
                // Version 1 has no error of its own for the group: each partition carries it.
                writer.error(version == 1 && group.error != .none ? group.error : partition.error)
                writer.tags()
            }
            writer.tags()
        }
    }
}
