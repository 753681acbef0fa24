/// The settings of a topic that this broker honours.
///
/// Names and meanings are Kafka's ("Topic Configs"), except ``consumersName``, which is our own.
struct TopicSettings: Equatable {
    /// Comma-separated consumer groups: a segment is deleted only when all of them have committed past it.
    static let consumersName = "exchange.retention.consumers"

    var retention = RetentionRule()
    var segmentBytes: Int
    var maximumBatchBytes: Int
    /// What was set on the topic, as it was set.
    private(set) var given: [String: String] = [:]

    init(defaults configuration: BrokerConfiguration) {
        segmentBytes = configuration.segmentBytes
        maximumBatchBytes = configuration.maximumBatchBytes
    }

    /// Kafka settings that we accept only at the value by which we work anyway.
    private static let fixed: [String: String] = [
        "cleanup.policy": "delete", "compression.type": "producer", "message.timestamp.type": "CreateTime",
        "min.insync.replicas": "1",
    ]

    /// Sets one setting; the text that comes back says why it cannot be.
    mutating func set(_ name: String, to value: String?) -> String? {
        guard let value else { return nil }
        guard value.utf8.count <= 4_096 else { return "\(name) is longer than 4096 bytes" }
        switch name {
        case "retention.ms":
            guard let number = Int64(value), number >= -1 else { return Self.wrong(name, value, "-1 or more") }
            retention.milliseconds = number == -1 ? nil : number
        case "retention.bytes":
            guard let number = Int64(value), number >= -1 else { return Self.wrong(name, value, "-1 or more") }
            retention.bytes = number == -1 ? nil : number
        case Self.consumersName:
            retention.consumers = value.split { $0 == "," || $0 == " " }.map(String.init)
        case "segment.bytes":
            guard let number = Int(value), (4_096...1_073_741_824).contains(number) else {
                return Self.wrong(name, value, "4096 to 1073741824")
            }
            segmentBytes = number
        case "max.message.bytes":
            guard let number = Int(value), (BatchHeader.size...Int(Int32.max)).contains(number) else {
                return Self.wrong(name, value, "\(BatchHeader.size) to \(Int32.max)")
            }
            maximumBatchBytes = number
        default:
            guard let only = Self.fixed[name] else { return "unknown topic config \(name)" }
            guard value == only else { return Self.wrong(name, value, only) }
        }
        given[name] = value
        return nil
    }

    /// Puts one setting back to its default; the text that comes back says why it cannot be.
    mutating func reset(_ name: String, defaults configuration: BrokerConfiguration) -> String? {
        guard Self.names.contains(name) else { return "unknown topic config \(name)" }
        var fresh = TopicSettings(defaults: configuration)
        for (other, value) in given where other != name { _ = fresh.set(other, to: value) }
        self = fresh
        return nil
    }

    /// The parts of a setting that is a list; `nil` for any other.
    func list(_ name: String) -> [String]? { name == Self.consumersName ? retention.consumers : nil }

    private static let names = Set(fixed.keys).union([
        "retention.ms", "retention.bytes", consumersName, "segment.bytes", "max.message.bytes",
    ])

    /// All settings as DescribeConfigs shows them.
    var described: [TopicSetting] {
        let values = [
            "retention.ms": String(retention.milliseconds ?? -1), "retention.bytes": String(retention.bytes ?? -1),
            Self.consumersName: retention.consumers.joined(separator: ","), "segment.bytes": String(segmentBytes),
            "max.message.bytes": String(maximumBatchBytes),
        ].merging(Self.fixed) { own, _ in own }
        return values.sorted { $0.key < $1.key }.map {
            TopicSetting(name: $0.key, value: $0.value, isDefault: given[$0.key] == nil)
        }
    }

    private static func wrong(_ name: String, _ value: String, _ expected: String) -> String {
        "\(name) cannot be \"\(value)\": expected \(expected)"
    }
}
