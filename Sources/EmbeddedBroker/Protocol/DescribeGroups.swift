/// DescribeGroups (key 15), versions 0 to 5.
struct DescribeGroupsRequest: Equatable {
    var groups: [String]
    var includesOperations: Bool

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        groups = try reader.strings("groups")
        includesOperations = version >= 3 ? try reader.boolean("include authorized operations") : false
        try reader.tags()
    }
}

struct DescribeGroupsReply {
    struct Member: Equatable {
        var id: String
        var instance: String?
        var clientId: String
        var host: String
        var metadata: [UInt8]
        var assignment: [UInt8]
    }

    struct Group: Equatable {
        var error: ErrorCode
        var name: String
        /// Kafka's names: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead.
        var state = ""
        var protocolType = ""
        var protocolName = ""
        var members: [Member] = []
        var operations = MetadataReply.noOperations
    }

    var groups: [Group]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.array(groups) { writer, group in
            writer.error(group.error)
            writer.string(group.name)
            writer.string(group.state)
            writer.string(group.protocolType)
            writer.string(group.protocolName)
            writer.array(group.members) { writer, member in
                writer.string(member.id)
                if version >= 4 { writer.nullableString(member.instance) }
                writer.string(member.clientId)
                writer.string(member.host)
                writer.bytes(member.metadata)
                writer.bytes(member.assignment)
                writer.tags()
            }
            if version >= 3 { writer.integer(group.operations) }
            writer.tags()
        }
        writer.tags()
    }
}
