/// DescribeConfigs (key 32), versions 0 to 4.
struct DescribeConfigsRequest: Equatable {
    struct Resource: Equatable {
        /// 2: a topic; 4: a broker.
        var type: Int8
        var name: String
        /// `nil`: all settings.
        var settings: [String]?
    }

    static let topic: Int8 = 2
    static let broker: Int8 = 4

    var resources: [Resource]

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        resources = try reader.array("resources") { (reader: inout WireReader) throws(ProtocolError) -> Resource in
            let resource = Resource(
                type: try reader.integer("resource type"), name: try reader.string("resource name"),
                settings: try reader.nullableArray("config names") {
                    (reader: inout WireReader) throws(ProtocolError) in try reader.string("config name")
                })
            try reader.tags()
            return resource
        }
        if version >= 1 { _ = try reader.boolean("include synonyms") }
        if version >= 3 { _ = try reader.boolean("include documentation") }
        try reader.tags()
    }
}

struct DescribeConfigsReply {
    struct Resource {
        var error: ErrorCode
        var message: String?
        var type: Int8
        var name: String
        var settings: [TopicSetting]
    }

    /// "Unknown", of Kafka's `ConfigType`: what a client makes of a value is its own affair.
    private static let unknownType: Int8 = 0

    var resources: [Resource]

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.array(resources) { writer, resource in
            writer.error(resource.error)
            writer.nullableString(resource.message)
            writer.integer(resource.type)
            writer.string(resource.name)
            let isReadOnly = resource.type == DescribeConfigsRequest.broker
            writer.array(resource.settings) { writer, setting in
                writer.string(setting.name)
                writer.nullableString(setting.value)
                writer.boolean(isReadOnly)
                if version == 0 { writer.boolean(setting.isDefault) } else { writer.integer(setting.source) }
                writer.boolean(false)
                if version >= 1 { writer.array([Int32]()) { $0.integer($1) } }
                if version >= 3 {
                    writer.integer(Self.unknownType)
                    writer.nullableString(nil)
                }
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }
}
