/// Heartbeat (key 12), versions 0 to 4.
struct HeartbeatRequest: Equatable {
    var group: String
    var generation: Int32
    var member: String
    var instance: String?
}

extension HeartbeatRequest {
    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        generation = try reader.integer("generation")
        member = try reader.string("member id")
        instance = version >= 3 ? try reader.nullableString("group instance id") : nil
        try reader.tags()
    }
}

struct HeartbeatReply: Equatable {
    var error: ErrorCode

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.error(error)
        writer.tags()
    }
}
