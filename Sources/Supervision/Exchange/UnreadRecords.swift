import KafkaClient
import PartyRuntime
import Topology
import Vocabulary

/// How many records wait in each party's topics, by what its group has told the broker: what the broker says of a party
/// holds also when the party itself is silent.
struct UnreadRecords {
    /// By the name of the party; one is left out that has told the broker nothing yet, as one that somebody else runs under
    /// another group.
    var parties: [String: Int64] = [:]
    /// Offsets up to which the broker has records, in the topics that the auditor counts; nil when it does not say.
    var written: Int64?

    /// Nothing when the broker does not answer within a second.
    init(_ topology: Topology, _ record: ExchangeRecord, _ layout: ExchangeLayout) {
        guard
            let settings = try? record.login(layout)
                .settings(of: AccessPlan.operatorName, bootstrapServers: record.broker),
            (try? KafkaAdmin.waitForBroker(settings: settings, timeout: .seconds(1))) != nil,
            let admin = try? KafkaAdmin(settings: settings)
        else { return }
        defer { admin.close() }
        for party in topology.parties {
            let wiring = PartyWiring(party: party.name, topology: topology)
            // What every instance reads for itself no group tells of.
            let topics = wiring.reads.filter { party.instances == 1 || $0.type != .agreementSignature }
            parties[party.name] = try? Self.count(topics, group: wiring.group, admin)
        }
        written = try? WrittenOffsets.sum(topology, admin)
    }

    /// Nothing is known.
    init() {}

    private static func count(
        _ topics: [WiredTopic], group: String, _ admin: KafkaAdmin
    ) throws(KafkaError) -> Int64? {
        var ends: [TopicPartition: Int64] = [:]
        for topic in topics {
            let marks = try admin.ends(ofTopic: topic.name, partitions: topic.partitions, timeoutMilliseconds: 1_000)
            for (partition, end) in marks.enumerated() {
                ends[TopicPartition(topic: topic.name, partition: Int32(partition))] = end
            }
        }
        let read = try admin.committed(group: group, Array(ends.keys), timeoutMilliseconds: 1_000)
        guard !read.isEmpty else { return nil }
        // A partition of which it has said nothing is one of which it has read nothing.
        return ends.reduce(0) { $0 + max(0, $1.value - (read[$1.key] ?? 0)) }
    }
}
