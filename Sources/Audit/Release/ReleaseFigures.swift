import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// Which part of the visits stopped where: of all messages that the auditor saw, those with a part, by who reads them.
public struct ReleaseFigures: Sendable, Codable, Equatable {
    /// One part at one party.
    public struct Cell: Sendable, Codable, Equatable {
        /// The party that reads the messages.
        public var party: String
        /// Messages with the part that lie where the party reads; 0 where it stopped before.
        public var messages: Int64
        /// Whether the release rules give it the part.
        public var isReleased: Bool
        /// The rule, in the words of the topology.
        public var rule: String

        /// Takes all fields.
        public init(party: String, messages: Int64, isReleased: Bool, rule: String) {
            self.party = party
            self.messages = messages
            self.isReleased = isReleased
            self.rule = rule
        }
    }

    /// One part at all parties.
    public struct Row: Sendable, Codable, Equatable {
        /// Name of the part: a block, or a table such as `XML6`.
        public var part: String
        /// The parties, in the order of the topology; facilities, which wrote it, are left out.
        public var parties: [Cell]

        /// Takes both.
        public init(part: String, parties: [Cell]) {
            self.part = part
            self.parties = parties
        }
    }

    /// The parts that some message had, in their order.
    public var rows: [Row]

    /// Takes the rows.
    public init(rows: [Row]) { self.rows = rows }
}

/// Counts the parts of the messages that the auditor saw, and finds those that lie where somebody reads who must not have
/// them.
struct ReleaseCheck {
    private struct Reader {
        let party: String
        let recipient: ReleaseRecipient
        let released: RecordPartSet
    }

    private let readers: [Reader]
    /// By the auditor's number of a topic: who reads it.
    private let readersOfTopic: [[Int]]
    private let rules: [AuditSubject]
    private var counts: [[Int64]]
    private var found: RecordPartSet = []

    /// - Parameter subjects: The parties; shards of one are one reader.
    init(_ subjects: [AuditSubject], topics: [String]) {
        var readers: [Reader] = []
        var rules: [AuditSubject] = []
        var byTopic = [[Int]](repeating: [], count: topics.count)
        for subject in subjects {
            guard let role = subject.role, role != .facility,
                !readers.contains(where: { $0.party == subject.shard.party })
            else { continue }
            let recipient = ReleaseRecipient(role)
            let reader = Reader(
                party: subject.shard.party, recipient: recipient, released: subject.releases[recipient])
            for topic in subject.reads {
                if let number = topics.firstIndex(of: topic.name) { byTopic[number].append(readers.count) }
            }
            readers.append(reader)
            rules.append(subject)
        }
        self.readers = readers
        self.rules = rules
        readersOfTopic = byTopic
        counts = .init(repeating: .init(repeating: 0, count: readers.count), count: 16)
    }

    /// Takes a message that the auditor saw.
    mutating func take(
        _ payload: RawSpan, _ leaf: JournalLeaf, at number: Int64, _ findings: inout FindingList
    ) {
        guard let type = MessageType(rawValue: leaf.type), readersOfTopic.indices.contains(Int(leaf.topic)) else {
            return
        }
        let parts = RecordPartSet(of: payload, type: type)
        guard !parts.isEmpty else { return }
        found.formUnion(parts)
        for place in readersOfTopic[Int(leaf.topic)] {
            for part in RecordPart.allCases where parts.contains(part) { counts[Int(part.rawValue)][place] += 1 }
            let forbidden = parts.subtracting(readers[place].released)
            guard !forbidden.isEmpty else { continue }
            let names = forbidden.parts.map(\.name).joined(separator: ", ")
            let rule = forbidden.parts.first.map { rules[place].releaseSource($0) } ?? ""
            findings.add(
                .release, readers[place].party, message: leaf.message.description,
                "\(type.name) with \(names) lies where it reads (the auditor's leaf \(number)), and the release rules do not "
                    + "give it that: \(rule)")
        }
    }

    /// What was counted.
    var figures: ReleaseFigures {
        ReleaseFigures(
            rows: found.parts.map { part in
                .init(
                    part: part.name,
                    parties: readers.indices.map { place in
                        .init(
                            party: readers[place].party, messages: counts[Int(part.rawValue)][place],
                            isReleased: readers[place].released.contains(part), rule: rules[place].releaseSource(part))
                    })
            })
    }
}
