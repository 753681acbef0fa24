import NIOCore

/// SyncGroup (key 14), versions 0 to 5.
struct SyncGroupRequest: Equatable {
    var group: String
    var generation: Int32
    var member: String
    var instance: String?
    var protocolType: String?
    var protocolName: String?
    /// From the leader: each member's part, as its assignor wrote it.
    var assignments: [String: [UInt8]]
}

extension SyncGroupRequest {
    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        generation = try reader.integer("generation")
        member = try reader.string("member id")
        instance = version >= 3 ? try reader.nullableString("group instance id") : nil
        protocolType = version >= 5 ? try reader.nullableString("protocol type") : nil
        protocolName = version >= 5 ? try reader.nullableString("protocol name") : nil
        let pairs = try reader.array("assignments") {
            (reader: inout WireReader) throws(ProtocolError) -> (String, [UInt8]) in
            let pair = (try reader.string("member id"), Array(try reader.bytes("assignment").readableBytesView))
            try reader.tags()
            return pair
        }
        assignments = Dictionary(pairs) { _, last in last }
        try reader.tags()
    }
}

struct SyncGroupReply: Equatable {
    var error: ErrorCode
    var protocolType: String?
    var protocolName: String?
    var assignment: [UInt8] = []

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.error(error)
        if version >= 5 {
            writer.nullableString(protocolType)
            writer.nullableString(protocolName)
        }
        writer.bytes(assignment)
        writer.tags()
    }
}
