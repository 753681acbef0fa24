public import Topology

/// One party whose evidence is looked at.
public struct AuditSubject: Sendable {
    /// Name in the topology.
    public var party: String
    /// What it runs; nil for the auditor.
    public var role: PartyRole?
    /// Its data directory.
    public var directory: String
    /// Folder in which public keys and latest checkpoints of all parties are published.
    public var evidenceDirectory: String
    /// Topics it reads, in the order that its journal numbers them.
    public var reads: [Topic]
    /// Topics it writes.
    public var writes: [Topic]
    /// Names of the topics that its journal numbers.
    var topicNames: [String]

    /// A party of a topology.
    public init(party: Party, topology: Topology, directory: String, evidenceDirectory: String) {
        self.party = party.name
        role = party.role
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        reads = topology.topicsRead(by: party.name)
        writes = topology.topicsWritten(by: party.name)
        topicNames = reads.map(\.name)
    }

    /// The auditor of a topology.
    public init(auditorOf topology: Topology, directory: String, evidenceDirectory: String) {
        party = AuditPlan.auditorName
        role = nil
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        reads = []
        writes = []
        topicNames = topology.topicsToCreate.map(\.name)
    }

    /// Whether it is the auditor, who sees everything from the beginning.
    var isAuditor: Bool { role == nil }

    /// Name of a topic by its number in a leaf.
    func topicName(_ number: UInt8) -> String {
        topicNames.indices.contains(Int(number)) ? topicNames[Int(number)] : "topic \(number)"
    }
}
