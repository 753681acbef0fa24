/// OffsetDelete (key 47), version 0.
struct OffsetDeleteRequest: Equatable {
    var group: String
    var topics: [OffsetFetchRequest.Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        topics = try reader.array("topics") {
            (reader: inout WireReader) throws(ProtocolError) -> OffsetFetchRequest.Topic in
            .init(name: try reader.string("topic name"), partitions: try reader.indices("partition index"))
        }
    }
}

struct OffsetDeleteReply {
    var error: ErrorCode
    var topics: [(name: String, partitions: [(index: Int32, error: ErrorCode)])] = []

    func write(to writer: inout WireWriter, version: Int16) {
        writer.error(error)
        writer.integer(Int32(0))
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.error(partition.error)
            }
        }
    }
}
