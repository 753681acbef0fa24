import Topology

/// A journal to read: a party's, or the auditor's.
public struct JournalSource: Sendable, Equatable {
    /// Whose it is; the last part of its origin.
    public var party: String
    /// Its data directory.
    public var directory: String
    /// Folder in which public keys and latest checkpoints are published.
    public var evidenceDirectory: String
    /// Names of the topics it reads, in the order that its leaves number them.
    public var topics: [String]

    /// Takes all fields.
    public init(party: String, directory: String, evidenceDirectory: String, topics: [String]) {
        self.party = party
        self.directory = directory
        self.evidenceDirectory = evidenceDirectory
        self.topics = topics
    }

    /// A party of a topology.
    public init(_ subject: AuditSubject) {
        self.init(
            party: subject.party, directory: subject.directory, evidenceDirectory: subject.evidenceDirectory,
            topics: subject.reads.map(\.name))
    }
}
