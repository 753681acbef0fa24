/// CreateTopics (key 19), versions 0 to 7.
struct CreateTopicsRequest: Equatable {
    struct Setting: Equatable {
        var name: String
        var value: String?
    }

    struct Assignment: Equatable {
        var partition: Int32
        var brokers: [Int32]
    }

    struct Topic: Equatable {
        var name: String
        /// -1: the broker's default, or as many as there are assignments.
        var partitions: Int32
        var replicationFactor: Int16
        var assignments: [Assignment]
        var settings: [Setting]
    }

    var topics: [Topic]
    var validateOnly: Bool

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        topics = try reader.array("topics", Self.topic)
        _ = try reader.integer("timeout", as: Int32.self)
        validateOnly = version >= 1 ? try reader.boolean("validate only") : false
        try reader.tags()
    }

    private static func topic(_ reader: inout WireReader) throws(ProtocolError) -> Topic {
        let topic = Topic(
            name: try reader.string("topic name"), partitions: try reader.integer("partition count"),
            replicationFactor: try reader.integer("replication factor"),
            assignments: try reader.array("assignments", assignment),
            settings: try reader.array("configs", setting))
        try reader.tags()
        return topic
    }

    private static func assignment(_ reader: inout WireReader) throws(ProtocolError) -> Assignment {
        let assignment = Assignment(
            partition: try reader.integer("partition index"),
            brokers: try reader.array("broker ids") { (reader: inout WireReader) throws(ProtocolError) in
                try reader.integer("broker id", as: Int32.self)
            })
        try reader.tags()
        return assignment
    }

    private static func setting(_ reader: inout WireReader) throws(ProtocolError) -> Setting {
        let setting = Setting(
            name: try reader.string("config name"), value: try reader.nullableString("config value"))
        try reader.tags()
        return setting
    }
}

struct CreateTopicsReply {
    struct Topic {
        var name: String
        var id = TopicId.none
        var error: ErrorCode
        var message: String?
        var partitions: Int
        var settings: [TopicSetting]
    }

    var topics: [Topic]

    func write(to writer: inout WireWriter, version: Int16) {
        if version >= 2 { writer.integer(Int32(0)) }
        writer.array(topics) { writer, topic in
            writer.string(topic.name)
            if version >= 7 { writer.topicId(topic.id) }
            writer.error(topic.error)
            if version >= 1 { writer.nullableString(topic.message) }
            if version >= 5 {
                let created = topic.error == .none
                writer.integer(Int32(truncatingIfNeeded: created ? topic.partitions : -1))
                writer.integer(Int16(created ? 1 : -1))
                writer.array(created ? topic.settings : nil) { writer, setting in
                    writer.string(setting.name)
                    writer.nullableString(setting.value)
                    writer.boolean(false)
                    writer.integer(setting.source)
                    writer.boolean(false)
                    writer.tags()
                }
            }
            writer.tags()
        }
        writer.tags()
    }
}

/// One topic setting as Kafka shows it: its value and where the value comes from.
struct TopicSetting: Equatable {
    var name: String
    var value: String
    var isDefault: Bool

    /// 1: set on the topic; 5: the broker's default (Kafka's `ConfigSource`).
    var source: Int8 { isDefault ? 5 : 1 }
}
