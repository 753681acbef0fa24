public import Topology

/// One party whose evidence is looked at.
public struct AuditSubject: Sendable {
    /// Name in the topology.
    public var party: String
    /// What it runs.
    public var role: PartyRole
    /// Its data directory.
    public var directory: String
    /// Folder in which public keys and latest checkpoints of all parties are published.
    public var evidenceDirectory: String
    /// Topics it reads, in the order that its journal numbers them.
    public var reads: [Topic]
    /// Topics it writes.
    public var writes: [Topic]

    /// A party of a topology.
    public init(party: Party, topology: Topology, directory: String, evidenceDirectory: String) {
        self.party = party.name
        role = party.role
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        reads = topology.topicsRead(by: party.name)
        writes = topology.topicsWritten(by: party.name)
    }
}
