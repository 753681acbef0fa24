import ExchangeSchema
public import Topology
public import Vocabulary

/// One topic as a party sees it.
public struct WiredTopic: Sendable, Equatable {
    /// Kafka name.
    public var name: String
    /// What it carries.
    public var type: MessageType
    /// Number of partitions.
    public var partitions: Int
    /// Partitions that are read: all, or the one of a shard.
    public var assigned: Range<Int>
    /// Of a topic of one province, the two digits of its code; nil for a topic of all.
    public var province: UInt8?
    /// `ce_source` of those who write it, of a facility what it begins with.
    public var sources: [String] = []

    /// A topic, all of whose partitions are read.
    public init(name: String, type: MessageType, partitions: Int, province: UInt8? = nil) {
        self.name = name
        self.type = type
        self.partitions = partitions
        assigned = 0..<partitions
        self.province = province
    }
}

/// What a party reads and writes, as the topology file says it.
public struct PartyWiring: Sendable {
    /// Name of the party in the topology, or of its shard.
    public var party: String
    /// Group to which it commits how far it has read: the party's name.
    public var group: String
    /// Topics that each shard of the party reads for itself, so that none may say how far the party has read them.
    public var readByEveryShard: Set<String> = []
    /// Topics it reads.
    public var reads: [WiredTopic]
    /// Topics it writes.
    public var writes: [WiredTopic]
    /// Dead-letter topic for each topic it reads, in the same order.
    public var deadLetterTopics: [String]
    /// All topics of the exchange, with partitions and broker settings, to be made where missing.
    public var topicsToCreate: [WiredTopicSettings]
    /// Durability that the topology asks for: `process` or `power`.
    public var survivesPowerLoss: Bool

    /// Topic on which checkpoints are published and cosigned.
    public var checkpointTopic: String
    /// All whose checkpoints are cosigned, and who cosign: the parties, of several instances each shard, and the
    /// auditor where there is one. A shard's siblings are not among them: no party is its own witness.
    public var witnesses: [String]
    /// Other shards of the same party, whose messages on the checkpoint topic are not this one's business.
    public var siblings: [String] = []
    /// Names of all parties' logs, each with its party: of several instances each shard has one.
    public var partiesOfLogs: [String: String] = [:]
    /// Name of the auditor, which may not run.
    let auditor = AuditPlan.auditorName

    /// A topic to be made.
    public struct WiredTopicSettings: Sendable, Equatable {
        /// Kafka name.
        public var name: String
        /// Number of partitions.
        public var partitions: Int
        /// Broker settings of Kafka.
        public var configuration: [String: String]
        /// Parties that must have read a record before it may be deleted; empty where nothing is ever deleted.
        public var retainedFor: [String]
    }

    /// The wiring of a party.
    /// - Parameter topology: A checked topology.
    public init(party: String, topology: Topology) {
        self.party = party
        group = party
        reads = topology.topicsRead(by: party).map { topic in
            var wired = WiredTopic(topic)
            wired.sources = Set(topic.writers.compactMap { topology.party(named: $0)?.role.eventSource }).sorted()
            return wired
        }
        writes = topology.topicsWritten(by: party).map { WiredTopic($0) }
        deadLetterTopics = reads.map { topology.deadLetters.topicName(for: $0.name) }
        checkpointTopic = topology.audit.checkpoints
        witnesses = topology.shards.map(\.name) + (topology.audit.auditor ? [AuditPlan.auditorName] : [])
        partiesOfLogs = Dictionary(topology.shards.map { ($0.name, $0.party) }) { first, _ in first }
        topicsToCreate = Self.topicsToCreate(topology)
        survivesPowerLoss = topology.durability == .power
    }

    /// Topics of which a shard reads one partition, and hands on what belongs to another.
    var topicsHandedOn: [String] { reads.filter { $0.assigned.count < $0.partitions }.map(\.name) }

    /// Number of partitions of each topic of the exchange.
    var partitionCounts: [String: Int] {
        Dictionary(topicsToCreate.map { ($0.name, $0.partitions) }) { first, _ in first }
    }

    private static func topicsToCreate(_ topology: Topology) -> [WiredTopicSettings] {
        topology.topicsToCreate.map { entry in
            var configuration: [String: String] = [:]
            configuration["retention.ms"] = String(entry.retention.milliseconds ?? -1)
            configuration["retention.bytes"] = String(entry.retention.bytes ?? -1)
            var readers = entry.retention.isForever ? [] : topology.topic(named: entry.name)?.readers ?? []
            if !readers.isEmpty, topology.audit.auditor { readers.append(AuditPlan.auditorName) }
            return WiredTopicSettings(
                name: entry.name, partitions: entry.partitions, configuration: configuration, retainedFor: readers)
        }
    }
}

extension WiredTopic {
    init(_ topic: Topic) {
        self.init(
            name: topic.name, type: topic.carries, partitions: topic.partitions,
            province: topic.province.flatMap { UInt8($0) })
    }
}
