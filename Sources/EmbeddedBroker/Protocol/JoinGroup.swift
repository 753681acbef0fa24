import NIOCore

/// JoinGroup (key 11), versions 0 to 9.
struct JoinGroupRequest: Equatable {
    var group: String
    var sessionTimeout: Int32
    var rebalanceTimeout: Int32
    /// Empty: a member that has no id yet.
    var member: String
    /// The name of a static member (KIP-345).
    var instance: String?
    var protocolType: String
    var protocols: [GroupProtocol]
}

extension JoinGroupRequest {
    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        sessionTimeout = try reader.integer("session timeout")
        rebalanceTimeout = version >= 1 ? try reader.integer("rebalance timeout") : sessionTimeout
        member = try reader.string("member id")
        instance = version >= 5 ? try reader.nullableString("group instance id") : nil
        protocolType = try reader.string("protocol type")
        protocols = try reader.array("protocols") {
            (reader: inout WireReader) throws(ProtocolError) -> GroupProtocol in
            let each = GroupProtocol(
                name: try reader.string("protocol name"),
                metadata: Array(try reader.bytes("metadata").readableBytesView))
            try reader.tags()
            return each
        }
        if version >= 8 { _ = try reader.nullableString("reason") }
        try reader.tags()
    }
}

struct JoinGroupReply: Equatable {
    struct Member: Equatable {
        var id: String
        var instance: String?
        var metadata: [UInt8]
    }

    var error: ErrorCode
    var generation: Int32 = -1
    var protocolType: String?
    var protocolName: String?
    var leader = ""
    /// The leader is back and keeps the assignment there is (KIP-814).
    var skipAssignment = false
    var member = ""
    /// For the leader only.
    var members: [Member] = []

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 2 { writer.integer(Int32(0)) }
        writer.error(error)
        writer.integer(generation)
        if version >= 7 { writer.nullableString(protocolType) }
        writer.nullableString(version >= 7 ? protocolName : protocolName ?? "")
        writer.string(leader)
        if version >= 9 { writer.boolean(skipAssignment) }
        writer.string(member)
        writer.array(members) { writer, each in
            writer.string(each.id)
            if version >= 5 { writer.nullableString(each.instance) }
            writer.bytes(each.metadata)
            writer.tags()
        }
        writer.tags()
    }
}
