/// AlterConfigs (key 33), versions 0 to 2, and IncrementalAlterConfigs (key 44), versions 0 and 1.
struct AlterConfigsRequest: Equatable {
    /// What is done to one setting (KIP-339).
    enum Operation: Int8 {
        case set = 0
        case delete = 1
        case append = 2
        case subtract = 3
    }

    struct Change: Equatable {
        var name: String
        /// `nil` where the number is none of Kafka's.
        var operation: Operation?
        var value: String?
    }

    struct Resource: Equatable {
        var type: Int8
        var name: String
        var changes: [Change]
    }

    var resources: [Resource]
    var validateOnly: Bool
    /// Whether settings that are not named keep what they have. AlterConfigs puts them back to their defaults.
    var isIncremental: Bool

    init(from reader: inout WireReader, isIncremental: Bool) throws(ProtocolError) {
        self.isIncremental = isIncremental
        resources = try reader.array("resources") { (reader: inout WireReader) throws(ProtocolError) -> Resource in
            let resource = Resource(
                type: try reader.integer("resource type"), name: try reader.string("resource name"),
                changes: try reader.array("configs") { (reader: inout WireReader) throws(ProtocolError) -> Change in
                    let name = try reader.string("config name")
                    let operation =
                        isIncremental ? Operation(rawValue: try reader.integer("operation")) : Operation.set
                    let change = Change(
                        name: name, operation: operation, value: try reader.nullableString("config value"))
                    try reader.tags()
                    return change
                })
            try reader.tags()
            return resource
        }
        validateOnly = try reader.boolean("validate only")
        try reader.tags()
    }
}

struct AlterConfigsReply {
    struct Resource {
        var error: ErrorCode
        var message: String?
        var type: Int8
        var name: String
    }

    var resources: [Resource]

    func write(to writer: inout WireWriter) {
        writer.integer(Int32(0))
        writer.array(resources) { writer, resource in
            writer.error(resource.error)
            writer.nullableString(resource.message)
            writer.integer(resource.type)
            writer.string(resource.name)
            writer.tags()
        }
        writer.tags()
    }
}
