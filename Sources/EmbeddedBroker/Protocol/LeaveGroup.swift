/// LeaveGroup (key 13), versions 0 to 5.
struct LeaveGroupRequest: Equatable {
    struct Member: Equatable {
        var id: String
        var instance: String?
    }

    var group: String
    var members: [Member]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        group = try reader.string("group id")
        if version <= 2 {
            members = [Member(id: try reader.string("member id"), instance: nil)]
        } else {
            members = try reader.array("members") { (reader: inout WireReader) throws(ProtocolError) -> Member in
                let member = Member(
                    id: try reader.string("member id"), instance: try reader.nullableString("group instance id"))
                if version >= 5 { _ = try reader.nullableString("reason") }
                try reader.tags()
                return member
            }
        }
        try reader.tags()
    }
}

struct LeaveGroupReply: Equatable {
    var error: ErrorCode
    var members: [(member: LeaveGroupRequest.Member, error: ErrorCode)] = []

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 1 { writer.integer(Int32(0)) }
        // One member alone: its error is the error of the whole, as version 2 knows no other.
        writer.error(version <= 2 && error == .none ? members.first?.error ?? .none : error)
        if version >= 3 {
            writer.array(members) { writer, each in
                writer.string(each.member.id)
                writer.nullableString(each.member.instance)
                writer.error(each.error)
                writer.tags()
            }
        }
        writer.tags()
    }

    static func == (left: LeaveGroupReply, right: LeaveGroupReply) -> Bool {
        left.error == right.error && left.members.elementsEqual(right.members) { $0 == $1 }
    }
}
