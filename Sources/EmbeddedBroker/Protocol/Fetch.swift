import NIOCore

/// Fetch (key 1), versions 4 to 16. From 13 on topics are named by their numbers (KIP-516); what 14 to 16 add is
/// for followers, or left out by a broker that stands alone.
struct FetchRequest: Equatable {
    struct Partition: Equatable {
        var index: Int32
        var offset: Int64
        var maximumBytes: Int32
    }

    struct Topic: Equatable {
        var topic: TopicReference
        var partitions: [Partition]
    }

    var maximumWaitMilliseconds: Int32
    var minimumBytes: Int32
    var maximumBytes: Int32
    var sessionId: Int32
    var topics: [Topic]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        if version < 15 { _ = try reader.integer("replica id", as: Int32.self) }
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
            let topic = Topic(
                topic: try Self.topic(&reader, version),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Partition in
                    let index = try reader.integer("partition index", as: Int32.self)
                    if version >= 9 { _ = try reader.integer("leader epoch", as: Int32.self) }
                    let offset = try reader.integer("fetch offset", as: Int64.self)
                    if version >= 12 { _ = try reader.integer("last fetched epoch", as: Int32.self) }
                    if version >= 5 { _ = try reader.integer("log start offset", as: Int64.self) }
                    let maximum = try reader.integer("partition max bytes", as: Int32.self)
                    try reader.tags()
                    return Partition(index: index, offset: offset, maximumBytes: maximum)
                })
            try reader.tags()
            return topic
        }
        if version >= 7 {
            _ = try reader.array("forgotten topics") { (reader: inout WireReader) throws(ProtocolError) in
                _ = try Self.topic(&reader, version)
                _ = try reader.indices("partitions")
                try reader.tags()
            }
        }
        if version >= 11 { _ = try reader.nullableString("rack id") }
        try reader.tags()
    }

    private static func topic(_ reader: inout WireReader, _ version: Int16) throws(ProtocolError) -> TopicReference {
        version >= 13 ? .id(try reader.topicId()) : .name(try reader.string("topic name"))
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

    /// The topic as the request named it.
    static func writeTopic(_ topic: TopicReference, to writer: inout WireWriter) {
        switch topic {
        case .name(let name): writer.string(name)
        case .id(let id): writer.topicId(id)
        }
    }

    /// Everything of one partition's answer up to its records, which stand between ``beginRecords(_:)`` and
    /// ``endRecords(_:_:at:)``.
    static func writePartition(
        to writer: inout WireWriter, version: Int16, index: Int32, error: ErrorCode, highWatermark: Int64,
        logStartOffset: Int64
    ) {
        writer.integer(index)
        writer.error(error)
        writer.integer(highWatermark)
        writer.integer(highWatermark)  // Last stable offset: without transactions all that is readable is stable.
        if version >= 5 { writer.integer(logStartOffset) }
        writer.array(nil as [Int32]?) { $0.integer($1) }  // No aborted transactions.
        if version >= 11 { writer.integer(Int32(-1)) }  // No preferred replica.
    }

    /// Leaves room for the length of the records, which is known when they are there. Returns where it stands.
    static func beginRecords(_ writer: inout WireWriter) -> Int {
        let place = writer.buffer.writerIndex
        if writer.flexible {
            writer.buffer.writeRepeatingByte(0, count: lengthBytes)
        } else {
            writer.integer(Int32(0))
        }
        endRecords(&writer, 0, at: place)
        return place
    }

    /// Fills in the length. A compact one takes always five bytes, the longest form that every reader takes.
    static func endRecords(_ writer: inout WireWriter, _ bytes: Int, at place: Int) {
        guard writer.flexible else {
            writer.buffer.setInteger(Int32(truncatingIfNeeded: bytes), at: place)
            return
        }
        var rest = UInt64(bytes + 1)
        for index in 0..<lengthBytes {
            let more: UInt8 = index < lengthBytes - 1 ? 0x80 : 0
            writer.buffer.setInteger(UInt8(truncatingIfNeeded: rest) & 0x7F | more, at: place + index)
            rest >>= 7
        }
    }

    private static let lengthBytes = 5
}
