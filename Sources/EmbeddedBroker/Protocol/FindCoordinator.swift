/// FindCoordinator (key 10), versions 0 to 3.
struct FindCoordinatorRequest: Equatable {
    var key: String
    /// 0: a consumer group; 1: a transaction.
    var keyType: Int8

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        key = try reader.string("key")
        keyType = version >= 1 ? try reader.integer("key type") : 0
        try reader.tags()
    }
}

struct FindCoordinatorReply {
    var error: ErrorCode
    var message: String?
    var host: String
    var port: Int

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.error(error)
        if version >= 1 { writer.nullableString(message) }
        writer.integer(error == .none ? MetadataReply.nodeId : -1)
        writer.string(error == .none ? host : "")
        writer.integer(Int32(truncatingIfNeeded: error == .none ? port : -1))
        writer.tags()
    }
}
