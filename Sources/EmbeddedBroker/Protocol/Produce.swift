import NIOCore

/// Produce (key 0), versions 3 to 9. Record batches stay slices of the frame.
struct ProduceRequest {
    struct Partition {
        var index: Int32
        var records: ByteBuffer?
    }

    struct Topic {
        var name: String
        var partitions: [Partition]
    }

    var transactionalId: String?
    var acknowledgements: Int16
    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        transactionalId = try reader.nullableString("transactional id")
        acknowledgements = try reader.integer("acks")
        _ = try reader.integer("timeout", as: Int32.self)
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            let topic = Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let partition = Partition(
                        index: try reader.integer("partition index"), records: try reader.nullableBytes("records"))
                    try reader.tags()
                    return partition
                })
            try reader.tags()
            return topic
        }
        try reader.tags()
    }
}

struct ProduceReply {
    struct Partition {
        var index: Int32
        var error: ErrorCode
        var baseOffset: Int64 = -1
        var logStartOffset: Int64 = -1
        var message: String?
    }

    struct Topic {
        var name: String
        var partitions: [Partition]
    }

    var topics: [Topic]

    func write(to writer: inout WireWriter, version: Int16) {
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            writer.array(topic.partitions) { writer, partition in
                writer.integer(partition.index)
                writer.error(partition.error)
                writer.integer(partition.baseOffset)
                writer.integer(Int64(-1))  // Log append time: records keep the time their producer gave.
                if version >= 5 { writer.integer(partition.logStartOffset) }
                if version >= 8 {
                    writer.array([Int32]()) { $0.integer($1) }
                    writer.nullableString(partition.message)
                }
                writer.tags()
            }
            writer.tags()
        }
        writer.integer(Int32(0))
        writer.tags()
    }
}
