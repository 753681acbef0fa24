import Testing

@testable import Topology

/// Several instances of one party: what they share, and which parties cannot have them.
@Suite struct InstanceTests {
    private func topology(_ instances: Int) throws -> Topology {
        let text = try Samples.breaking(Samples.topology, "role: vss", "role: vss, instances: \(instances)")
        return try Topology.parse(text, fileName: "t.yaml")
    }

    @Test func eachPartitionIsAShardWithAStoreOfItsOwn() throws {
        let topology = try topology(2)
        let vss = try #require(topology.party(named: "vss"))
        #expect(vss.instances == 2 && vss.processNames == ["vss-1", "vss-2"])
        let shards = topology.shards(of: vss)
        #expect(shards.map(\.name) == ["vss.0", "vss.1", "vss.2"])
        #expect(shards.map { $0.directory(in: "DATA/vss") }.last == "DATA/vss/shard-2")
        #expect(topology.shards.map(\.name) == ["clinic", "moh", "vss.0", "vss.1", "vss.2", "c06", "hanoi"])
    }

    @Test func oneInstanceIsOneStoreAsEver() throws {
        let topology = try topology(1)
        let vss = try #require(topology.party(named: "vss"))
        #expect(vss.processNames == ["vss"])
        #expect(topology.shards(of: vss) == [Shard(party: "vss")])
        #expect(Shard(party: "vss").name == "vss" && Shard(party: "vss").directory(in: "DATA/vss") == "DATA/vss")
    }

    static let refused: [BrokenFile] = [
        BrokenFile(
            "role: locality", "role: locality, instances: 2",
            "t.yaml:10:47: parties[hanoi].instances is 2, but hanoi reads m.book, which is not keyed by record id; "
                + "expected 1, for instances share what is keyed by record id"),
        BrokenFile(
            "role: facility", "role: facility, instances: 3",
            "t.yaml:6:48: parties[clinic].instances is 3, but clinic reads m.corrections, which is not keyed by "
                + "record id; expected 1, for instances share what is keyed by record id"),
        BrokenFile(
            "role: vss }", "role: vss, instances: 2 }\n  - { name: vss-2, role: locality }",
            "t.yaml:9:5: parties[vss-2] has the role locality but does not read bookEntry; "
                + "expected vss-2 among the readers of m.book",
            "t.yaml:9:13: parties[vss-2].name is vss-2, the name of an instance of vss; expected another name"),
    ]

    @Test(arguments: refused)
    func whatCannotBeSharedIsRefused(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.topology, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    @Test func tooManyPartitionsForShardsAreRefused() throws {
        var text = try Samples.breaking(Samples.topology, "partitions: 3, retention", "partitions: 65, retention")
        text = try Samples.breaking(text, "partitions: 3, writers", "partitions: 65, writers")
        #expect(Samples.topologyErrors(text) == [])
        text = try Samples.breaking(text, "role: vss", "role: vss, instances: 2")
        #expect(
            Samples.topologyErrors(text) == [
                "t.yaml:8:40: parties[vss].instances is 2, and m.records has 65 partitions; "
                    + "expected 1, or at most 64 partitions: each has a store of its own"
            ])
    }

    @Test func theShippedTopologyDiffersOnlyInItsInstances() throws {
        var three = try Topology.parse(Samples.shipped("three-instances.yaml"), fileName: "three-instances.yaml")
        let one = try Topology.parse(Samples.shipped("2024-04.yaml"), fileName: "2024-04.yaml")
        #expect(three.party(named: "vss")?.instances == 3)
        three.name = one.name
        for index in three.parties.indices { three.parties[index].instances = 1 }
        #expect(three == one)
    }
}
