/// A topic: its settings and the logs of its partitions.
final class Topic {
    let name: String
    let id: TopicId
    var settings: TopicSettings
    private(set) var partitions: [PartitionLog]

    init(name: String, id: TopicId, settings: TopicSettings, partitions: [PartitionLog]) {
        self.name = name
        self.id = id
        self.settings = settings
        self.partitions = partitions
    }

    func add(_ logs: [PartitionLog]) { partitions += logs }

    /// Takes the last partitions away again, where they could not be noted.
    func removeLast(_ count: Int) { partitions.removeLast(min(count, partitions.count)) }

    func partition(_ index: Int32) -> PartitionLog? {
        partitions.indices.contains(Int(index)) ? partitions[Int(index)] : nil
    }

    /// Kafka's rule: 1 to 249 letters, digits, dots, underlines and hyphens, and not `.` or `..`.
    static func isValid(name: String) -> Bool {
        (1...249).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
