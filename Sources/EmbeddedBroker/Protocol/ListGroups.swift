/// ListGroups (key 16), versions 0 to 5.
struct ListGroupsRequest: Equatable {
    /// Only groups in one of these states; empty: all.
    var states: [String]
    /// Only groups of one of these types; empty: all. Ours are all "classic".
    var types: [String]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        states = version >= 4 ? try reader.strings("states") : []
        types = version >= 5 ? try reader.strings("types") : []
        try reader.tags()
    }
}

struct ListGroupsReply {
    struct Group: Equatable {
        var name: String
        var protocolType: String
        var state: String
    }

    static let type = "classic"

    var error = ErrorCode.none
    var groups: [Group]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        writer.error(error)
        writer.array(groups) { writer, group in
            writer.string(group.name)
            writer.string(group.protocolType)
            if version >= 4 { writer.string(group.state) }
            if version >= 5 { writer.string(Self.type) }
            writer.tags()
        }
        writer.tags()
    }
}
