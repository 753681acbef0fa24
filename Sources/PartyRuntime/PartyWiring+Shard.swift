public import Topology

extension PartyWiring {
    /// The wiring of one store of a party: of what is keyed by record identifier it reads its own partition, of all
    /// else everything.
    /// - Parameter topology: A checked topology.
    public init(shard: Shard, topology: Topology) {
        self.init(party: shard.party, topology: topology)
        guard let partition = shard.partition else { return }
        party = shard.name
        let shards = topology.party(named: shard.party).map { topology.shards(of: $0) } ?? []
        siblings = shards.filter { $0 != shard }.map(\.name)
        witnesses.removeAll(where: siblings.contains)
        for (index, topic) in topology.topicsRead(by: shard.party).enumerated() {
            if topic.isSharedByRecord {
                reads[index].assigned = partition..<partition + 1
            } else {
                readByEveryShard.insert(topic.name)
            }
        }
    }
}
