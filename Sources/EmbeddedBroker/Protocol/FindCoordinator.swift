/// FindCoordinator (key 10), versions 0 to 4. From version 4 on, one request asks for several keys.
struct FindCoordinatorRequest: Equatable {
    static let group: Int8 = 0
    static let transaction: Int8 = 1

    var keys: [String]
    /// 0: a consumer group; 1: a transaction.
    var keyType: Int8

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        keys = version <= 3 ? [try reader.string("key")] : []
        keyType = version >= 1 ? try reader.integer("key type") : 0
        if version >= 4 { keys = try reader.strings("keys") }
        try reader.tags()
    }
}

struct FindCoordinatorReply {
    struct Coordinator {
        var key: String
        var error: ErrorCode
        var message: String?
    }

    var coordinators: [Coordinator]
    var endpoint: Endpoint

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        if version >= 4 {
            writer.array(coordinators) { writer, each in
                writer.string(each.key)
                writeNode(each, to: &writer)
                writer.error(each.error)
                writer.nullableString(each.message)
                writer.tags()
            }
        } else if let only = coordinators.first {
            writer.error(only.error)
            if version >= 1 { writer.nullableString(only.message) }
            writeNode(only, to: &writer)
        }
        writer.tags()
    }

    private func writeNode(_ coordinator: Coordinator, to writer: inout WireWriter) {
        let isKnown = coordinator.error == .none
        writer.integer(isKnown ? MetadataReply.nodeId : -1)
        writer.string(isKnown ? endpoint.host : "")
        writer.integer(Int32(truncatingIfNeeded: isKnown ? endpoint.port : -1))
    }
}
