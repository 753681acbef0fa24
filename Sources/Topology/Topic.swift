public import Vocabulary

/// One Kafka topic: what it carries and who may write and read it.
public struct Topic: Sendable, Hashable {
    /// The name, legal in Kafka.
    public var name: String
    /// The one kind of message in it.
    public var carries: MessageType
    /// Number of partitions, 1 to 1,024.
    public var partitions: Int
    /// What may be deleted, and when.
    public var retention: Retention
    /// Names of the parties that may write it; never empty.
    public var writers: [String]
    /// Names of the parties that may read it; never empty.
    public var readers: [String]
    /// Name of the agreement that must be in force before a writer may send: until then the writer holds its records.
    public var requires: String?
    /// Of a topic of one province, the province's code, with which the name ends; nil for a topic of all.
    public var province: String?

    /// Takes all fields.
    public init(
        name: String, carries: MessageType, partitions: Int, retention: Retention = .forever, writers: [String],
        readers: [String], requires: String? = nil, province: String? = nil
    ) {
        self.name = name
        self.carries = carries
        self.partitions = partitions
        self.retention = retention
        self.writers = writers
        self.readers = readers
        self.requires = requires
        self.province = province
    }

    /// The name in the topology file: that of a province's topic without the province.
    public var declaredName: String { province.map { String(name.dropLast($0.count + 1)) } ?? name }

    /// Allowed numbers of partitions.
    public static let partitionRange = 1...1024

    /// Whether Kafka accepts the name: 1 to 249 of `a-z A-Z 0-9 . _ -`, and not `.` or `..`.
    static func isLegal(name: String) -> Bool {
        guard (1...249).contains(name.utf8.count), name != ".", name != ".." else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}

/// When the oldest records of a topic may be deleted.
///
/// Two limits may stand together; then either suffices. Whatever the limits say, nothing is deleted before every
/// reader of the topic has consumed it (`afterConsumedBy: all-readers`): that rule cannot be switched off.
public struct Retention: Sendable, Hashable {
    /// Age after which a record may go; nil for no limit by age.
    public var milliseconds: Int?
    /// Size of a partition above which its oldest records may go; nil for no limit by size.
    public var bytes: Int?

    /// Takes both limits; none means for ever.
    public init(milliseconds: Int? = nil, bytes: Int? = nil) {
        self.milliseconds = milliseconds
        self.bytes = bytes
    }

    /// Nothing is ever deleted.
    public static let forever = Retention()

    /// Whether nothing is ever deleted.
    public var isForever: Bool { milliseconds == nil && bytes == nil }
}

/// Where a reader puts what it cannot decode: one topic beside each topic.
public struct DeadLetters: Sendable, Hashable {
    /// Appended to the topic's name.
    public var suffix: String
    /// Partitions of each dead-letter topic.
    public var partitions: Int
    /// What may be deleted from them.
    public var retention: Retention

    /// Takes all fields; the defaults are those of a file that says nothing.
    public init(suffix: String = ".dlt", partitions: Int = 1, retention: Retention = .forever) {
        self.suffix = suffix
        self.partitions = partitions
        self.retention = retention
    }

    /// Name of the dead-letter topic beside a topic.
    public func topicName(for topic: String) -> String { topic + suffix }
}
