/// AddPartitionsToTxn (key 24), AddOffsetsToTxn (25), EndTxn (26) and TxnOffsetCommit (28), versions 0 to 3.
///
/// They are read as the schemas demand and refused by Kafka's own code: this broker has no transactions, and a client
/// that asks for one learns so by an error it knows and not by a lost connection.
struct TransactionRequest: Equatable {
    /// The partitions named, for the two requests that are answered partition by partition.
    var topics: [OffsetFetchRequest.Topic] = []

    init(_ api: APIKey, from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        _ = try reader.string("transactional id")
        if api == .txnOffsetCommit { _ = try reader.string("group id") }
        _ = try reader.integer("producer id", as: Int64.self)
        _ = try reader.integer("producer epoch", as: Int16.self)
        switch api {
        case .addPartitionsToTxn: topics = try reader.array("topics", Self.topic)
        case .addOffsetsToTxn: _ = try reader.string("group id")
        case .endTxn: _ = try reader.boolean("committed")
        default:
            if version >= 3 {
                _ = try reader.integer("generation", as: Int32.self)
                _ = try reader.string("member id")
                _ = try reader.nullableString("group instance id")
            }
            topics = try Self.offsets(&reader, version)
        }
        try reader.tags()
    }

    private static func topic(_ reader: inout WireReader) throws(ProtocolError) -> OffsetFetchRequest.Topic {
        let topic = OffsetFetchRequest.Topic(
            name: try reader.string("topic name"), partitions: try reader.indices("partition index"))
        try reader.tags()
        return topic
    }

    private static func offsets(
        _ reader: inout WireReader, _ version: Int16
    ) throws(ProtocolError) -> [OffsetFetchRequest.Topic] {
        try reader.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> OffsetFetchRequest.Topic in
            let topic = OffsetFetchRequest.Topic(
                name: try reader.string("topic name"),
                partitions: try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Int32 in
                    let index = try reader.integer("partition index", as: Int32.self)
                    _ = try reader.integer("offset", as: Int64.self)
                    if version >= 2 { _ = try reader.integer("leader epoch", as: Int32.self) }
                    _ = try reader.nullableString("metadata")
                    try reader.tags()
                    return index
                })
            try reader.tags()
            return topic
        }
    }
}

struct TransactionReply {
    static let refusal = ErrorCode.transactionalIdAuthorizationFailed

    var request: TransactionRequest

    func write(_ api: APIKey, to writer: inout WireWriter) {
        writer.integer(Int32(0))
        if api == .addPartitionsToTxn || api == .txnOffsetCommit {
            writer.array(request.topics) { writer, topic in
                writer.string(topic.name)
                writer.array(topic.partitions) { writer, index in
                    writer.integer(index)
                    writer.error(Self.refusal)
                    writer.tags()
                }
                writer.tags()
            }
        } else {
            writer.error(Self.refusal)
        }
        writer.tags()
    }
}
