public import Vocabulary

/// What a machine needs to know of its party's place in the exchange. A value: nothing is looked up later.
public struct HostPlan: Sendable {
    /// A topic that the party reads.
    public struct Topic: Sendable, Equatable {
        /// Name at the broker.
        public var name: String
        /// What it carries.
        public var type: MessageType
        /// Where what cannot be read of it goes.
        public var deadLetters: String
        /// `ce_source` of those who write it, of a facility what it begins with; empty where anybody may.
        public var sources: [String]

        /// Takes all fields.
        public init(name: String, type: MessageType, deadLetters: String, sources: [String] = []) {
            self.name = name
            self.type = type
            self.deadLetters = deadLetters
            self.sources = sources
        }

        /// Whether somebody of the topology who writes the topic names itself so.
        public func isWritten(by source: String) -> Bool {
            sources.isEmpty || sources.contains { Self.names(source, $0) }
        }

        /// A facility adds its code behind a slash.
        private static func names(_ source: String, _ writer: String) -> Bool {
            var rest = source.utf8.makeIterator()
            for byte in writer.utf8 where rest.next() != byte { return false }
            return rest.next().map { $0 == 0x2F } ?? true
        }
    }

    /// Name of the party in the topology, or of its shard.
    public var party: String
    /// Topics it reads. Their place in this list is the topic's number in leaves and in a ``MessageBatch``; the number
    /// after the last is the topic of checkpoints.
    public var reads: [Topic]
    /// Topics of which the party does not tell the broker how far it has read: each of several shards reads them.
    public var readByEveryShard: Set<String> = []
    /// Names of the logs that are not called like their party, each with its party: of several instances each shard has one.
    public var partiesOfLogs: [String: String] = [:]
    /// Most messages that the party sends by itself in a batch.
    public var budget: Int
    /// How many of the others can be expected to cosign: all but the auditor, which may run or not.
    public var witnesses: Int

    /// Takes what has no default.
    public init(party: String, reads: [Topic], budget: Int, witnesses: Int) {
        self.party = party
        self.reads = reads
        self.budget = budget
        self.witnesses = witnesses
    }
}
