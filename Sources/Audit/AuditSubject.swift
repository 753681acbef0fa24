public import Topology
public import Vocabulary

/// One party whose evidence is looked at, or one shard of a party of several instances.
public struct AuditSubject: Sendable {
    /// Name in the topology, of a shard with its number: the name of its log and its evidence.
    public var party: String
    /// Party and partition; of the auditor, itself.
    public var shard: Shard
    /// What it runs; nil for the auditor.
    public var role: PartyRole?
    /// Its data directory.
    public var directory: String
    /// Folder in which public keys and latest checkpoints of all parties are published.
    public var evidenceDirectory: String
    /// Where the key of the auditor's vault lies; nil for where it lay last, or where there is none.
    public var vaultKey: String?
    /// Topics it reads, in the order that its journal numbers them.
    public var reads: [Topic]
    /// Topics it writes.
    public var writes: [Topic]
    /// The way of a record through the exchange.
    public var route: Route
    /// Who may have which part of a visit.
    var releases: Releases
    /// The words of the topology for what the party may have or not.
    private let topology: Topology
    /// Names of the topics that its journal numbers.
    var topicNames: [String]

    /// A party of a topology.
    /// - Parameters:
    ///   - shard: Which of its shards; nil for a party of one instance.
    ///   - directory: That of the party, or of the shard.
    public init(
        party: Party, shard: Shard? = nil, topology: Topology, directory: String, evidenceDirectory: String
    ) {
        let shard = shard ?? Shard(party: party.name)
        self.party = shard.name
        self.shard = shard
        role = party.role
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        reads = topology.topicsRead(by: party.name)
        writes = topology.topicsWritten(by: party.name)
        route = topology.route
        releases = topology.releases
        self.topology = topology
        topicNames = reads.map(\.name)
    }

    /// The auditor of a topology.
    public init(auditorOf topology: Topology, directory: String, evidenceDirectory: String) {
        shard = Shard(party: AuditPlan.auditorName)
        party = shard.name
        role = nil
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        reads = []
        writes = []
        route = topology.route
        releases = topology.releases
        self.topology = topology
        topicNames = topology.topicsToCreate.map(\.name)
    }

    /// Why the party has a part of a visit or not, in the words of the topology.
    func releaseSource(_ part: RecordPart) -> String {
        role.map { topology.releaseSource(of: part, to: ReleaseRecipient($0)) } ?? ""
    }

    /// Topic on which all publish and cosign their checkpoints.
    var checkpointTopic: String { topology.audit.checkpoints }

    /// Whether it is the auditor, who sees everything from the beginning.
    var isAuditor: Bool { role == nil }

    /// Name of a topic by its number in a leaf.
    func topicName(_ number: UInt8) -> String {
        topicNames.indices.contains(Int(number)) ? topicNames[Int(number)] : "topic \(number)"
    }
}
