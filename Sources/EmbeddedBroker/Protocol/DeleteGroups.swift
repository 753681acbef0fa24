/// DeleteGroups (key 42), versions 0 to 2.
struct DeleteGroupsRequest: Equatable {
    var groups: [String]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        groups = try reader.strings("groups")
        try reader.tags()
    }
}

struct DeleteGroupsReply {
    var groups: [(name: String, error: ErrorCode)]

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.array(groups) { writer, group in
            writer.string(group.name)
            writer.error(group.error)
            writer.tags()
        }
        writer.tags()
    }
}
