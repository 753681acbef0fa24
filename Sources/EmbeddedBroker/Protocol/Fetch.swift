import NIOCore

/// Fetch (key 1), versions 4 to 11.
struct FetchRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        var offset: Int64
        var maximumBytes: Int32
    }

    struct Topic: Equatable {
        var name: String
        var partitions: [Partition]
    }

    var maximumWaitMilliseconds: Int32
    var minimumBytes: Int32
    var maximumBytes: Int32
    var sessionId: Int32
    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        _ = try reader.integer("replica id", as: Int32.self)
        maximumWaitMilliseconds = try reader.integer("max wait")
        minimumBytes = try reader.integer("min bytes")
        maximumBytes = try reader.integer("max bytes")
        _ = try reader.integer("isolation level", as: Int8.self)
        sessionId = 0
        if version >= 7 {
            sessionId = try reader.integer("session id")
            _ = try reader.integer("session epoch", as: Int32.self)
        }
        topics = try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Topic in
            Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let index = try reader.integer("partition index", as: Int32.self)
                    if version >= 9 { _ = try reader.integer("leader epoch", as: Int32.self) }
                    let offset = try reader.integer("fetch offset", as: Int64.self)
                    if version >= 5 { _ = try reader.integer("log start offset", as: Int64.self) }
                    return Partition(
                        index: index, offset: offset, maximumBytes: try reader.integer("partition max bytes"))
                })
        }
        if version >= 7 {
            _ = try reader.array("forgotten topics") { (reader: inout WireReader) throws(ProtocolError) in
                _ = try reader.string("topic name")
                _ = try reader.array("partitions") { (reader: inout WireReader) throws(ProtocolError) in
                    try reader.integer("partition index", as: Int32.self)
                }
            }
        }
        if version >= 11 { _ = try reader.nullableString("rack id") }
    }
}

/// A reply to Fetch is written as it is gathered: records go from the file straight into the outgoing buffer.
enum FetchReply {
    static func writeHead(to writer: inout WireWriter, version: Int16, error: ErrorCode) {
        writer.integer(Int32(0))
        if version >= 7 {
            writer.error(error)
            writer.integer(Int32(0))  // Session id 0: the client sends full requests.
        }
    }

    /// Everything of one partition's answer up to its records, which the caller appends as nullable bytes.
    static func writePartition(
        to writer: inout WireWriter, version: Int16, index: Int32, error: ErrorCode, highWatermark: Int64,
        logStartOffset: Int64
    ) {
        writer.integer(index)
        writer.error(error)
        writer.integer(highWatermark)
        writer.integer(highWatermark)  // Last stable offset: without transactions all that is readable is stable.
        if version >= 5 { writer.integer(logStartOffset) }
        writer.integer(Int32(-1))  // No aborted transactions.
        if version >= 11 { writer.integer(Int32(-1)) }  // No preferred replica.
    }
}
