import Vocabulary

/// One store of a party, with a journal, a key and a ledger of its own: that of the whole party or, where several
/// instances share the work, that of one partition. The unit in which work moves from one instance to another.
public struct Shard: Sendable, Hashable {
    /// The party's name in the topology.
    public var party: String
    /// The partition of the topics keyed by record identifier; nil for the whole party.
    public var partition: Int?

    /// Takes both.
    public init(party: String, partition: Int? = nil) {
        self.party = party
        self.partition = partition
    }

    /// Name of its log, its evidence and its figures: `vss`, or `vss.2`. No party has a dot in its name.
    public var name: String { partition.map { "\(party).\($0)" } ?? party }

    /// Its directory inside the party's: `DATA/vss/shard-2`, or the party's own.
    public func directory(in party: String) -> String { partition.map { "\(party)/shard-\($0)" } ?? party }

    /// Most shards that a party may have: each has a connection and a thread of its own.
    public static let most = 64
}

extension Topology {
    /// The stores of a party, in the order of their partitions.
    public func shards(of party: Party) -> [Shard] {
        guard party.instances > 1 else { return [Shard(party: party.name)] }
        let count = topicsRead(by: party.name).filter(\.isSharedByRecord).map(\.partitions).max() ?? 1
        return (0..<count).map { Shard(party: party.name, partition: $0) }
    }

    /// The stores of all parties, in file order.
    public var shards: [Shard] { parties.flatMap { shards(of: $0) } }
}

extension Topic {
    /// Whether its partitions are shared out among the instances of a reader. What is not keyed by record identifier,
    /// signatures above all, every shard reads for itself.
    public var isSharedByRecord: Bool { carries.key == .recordIdentifier }
}

extension Party {
    /// Names of its processes: its own, or with several instances `vss-1`, `vss-2` and so on.
    public var processNames: [String] {
        instances > 1 ? (1...instances).map { "\(name)-\($0)" } : [name]
    }

    /// Kafka group in which its instances share its partitions.
    public var instancesGroup: String { "\(name).instances" }

    /// Allowed numbers of instances.
    public static let instanceRange = 1...64
}
