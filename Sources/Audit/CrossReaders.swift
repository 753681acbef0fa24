import ExchangeSchema
import Topology
import Vocabulary

/// Who must receive what. A reader is a party, or of what each shard reads for itself (signatures), a shard: of several
/// shards that share a topic, exactly one receives a message. Of a kind with a topic for each province, a message is for
/// those who read its province's topic.
struct CrossReaders {
    /// One topic and one reader.
    struct Reader {
        var type: MessageType
        var topic: String
        /// Of a topic of one province, its code as a number; nil for a topic of all.
        var province: UInt8?
        /// The kind and the reader, among ``hops``.
        var hop: Int
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
    /// Each kind of message with each of its readers, whatever the topics.
    let hops: [(type: MessageType, reader: String)]
    private let ofType: [[Int]]
    private let byPlace: [Int]
    private let width: Int

    init(_ subjects: [AuditSubject]) {
        width = subjects.count
        var all: [Reader] = []
        var hops: [(type: MessageType, reader: String)] = []
        var ofType = [[Int]](repeating: [], count: 256)
        var byPlace = [Int](repeating: -1, count: 256 * subjects.count)
        for type in subjects.first?.route.order ?? [] {
            for (place, subject) in subjects.enumerated() {
                for topic in subject.reads where topic.carries == type {
                    let name = topic.isSharedByRecord ? subject.shard.party : subject.party
                    let hop = hops.firstIndex { $0 == (type, name) } ?? hops.count
                    if hop == hops.count { hops.append((type, name)) }
                    let index = all.firstIndex { $0.topic == topic.name && $0.name == name } ?? all.count
                    if index == all.count {
                        all.append(
                            Reader(
                                type: type, topic: topic.name, province: topic.province.flatMap { UInt8($0) }, hop: hop,
                                name: name, members: [], partitions: topic.partitions,
                                isKeyedByRecord: topic.isSharedByRecord))
                        ofType[Int(type.rawValue)].append(index)
                    }
                    all[index].members.append(place)
                    byPlace[Int(type.rawValue) * subjects.count + place] = hop
                }
            }
        }
        (self.all, self.hops, self.ofType, self.byPlace) = (all, hops, ofType, byPlace)
    }

    /// Who is to receive a message of a type, as places in ``all``.
    /// - Parameter province: The province to whose topic it was sent; nil for a message to all.
    func of(_ type: UInt8, province: UInt8?) -> [Int] {
        let readers = ofType[Int(type)]
        guard readers.contains(where: { all[$0].province != nil }) else { return readers }
        return readers.filter { all[$0].province.map { $0 == province } ?? true }
    }

    /// The hop on which a subject receives a type, as a place in ``hops``; nil when it does not read it.
    func hop(_ type: UInt8, place: UInt16) -> Int? {
        let index = byPlace[Int(type) * width + Int(place)]
        return index >= 0 ? index : nil
    }
}
