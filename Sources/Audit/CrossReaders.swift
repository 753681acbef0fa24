import ExchangeSchema
import Topology
import Vocabulary

/// Who must receive what. A reader is a party, or of what each shard reads for itself (signatures), a shard: of several
/// shards that share a topic, exactly one receives a message.
struct CrossReaders {
    /// One kind of message and one reader.
    struct Reader {
        var type: MessageType
        /// The party, or the shard.
        var name: String
        /// Places of its shards in the list of subjects.
        var members: [Int]
        /// Partitions of the topic.
        var partitions: Int
        /// Whether a shard of a sender writes to one of these partitions only: its own.
        var isKeyedByRecord: Bool
    }

    /// All of them, in the order of the route, and then as the subjects are.
    let all: [Reader]
    private let ofType: [[Int]]
    private let byPlace: [Int]
    private let width: Int

    init(_ subjects: [AuditSubject]) {
        width = subjects.count
        var all: [Reader] = []
        var ofType = [[Int]](repeating: [], count: 256)
        var byPlace = [Int](repeating: -1, count: 256 * subjects.count)
        for type in subjects.first?.route.order ?? [] {
            for (place, subject) in subjects.enumerated() {
                guard let topic = subject.reads.first(where: { $0.carries == type }) else {
                    continue
                }
                let name = topic.isSharedByRecord ? subject.shard.party : subject.party
                let index = all.firstIndex { $0.type == type && $0.name == name } ?? all.count
                if index == all.count {
                    all.append(
                        Reader(
                            type: type, name: name, members: [], partitions: topic.partitions,
                            isKeyedByRecord: topic.isSharedByRecord))
                    ofType[Int(type.rawValue)].append(index)
                }
                all[index].members.append(place)
                byPlace[Int(type.rawValue) * subjects.count + place] = index
            }
        }
        (self.all, self.ofType, self.byPlace) = (all, ofType, byPlace)
    }

    /// The readers of a type, as places in ``all``.
    func of(_ type: UInt8) -> [Int] { ofType[Int(type)] }

    /// The reader to which a subject belongs for a type; nil when it does not read it.
    func reader(_ type: UInt8, place: UInt16) -> Int? {
        let index = byPlace[Int(type) * width + Int(place)]
        return index >= 0 ? index : nil
    }
}
