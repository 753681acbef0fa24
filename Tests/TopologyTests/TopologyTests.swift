import Testing
import Vocabulary

@testable import Topology

@Suite struct TopologyTests {
    private func sample() throws -> Topology { try Topology.parse(Samples.topology, fileName: "t.yaml") }

    @Test func readsEveryValueOfAFile() throws {
        let topology = try sample()
        #expect(topology.name == "small")
        #expect(topology.version == 1)
        #expect(topology.durability == .power)
        #expect(topology.parties.map(\.name) == ["clinic", "moh", "vss", "c06", "hanoi"])
        #expect(topology.parties[0] == Party(name: "clinic", role: .facility, title: "Clinic"))
        #expect(topology.topics.map(\.partitions) == [3, 3, 3, 3, 3, 7, 3, 3, 3])
        #expect(topology.topics[6].retention == Retention(milliseconds: 8, bytes: 9))
        #expect(topology.topics[5].retention.isForever)
        #expect(
            topology.topics[4]
                == Topic(
                    name: "c.results", carries: .identityResult, partitions: 3, writers: ["c06"], readers: ["moh"],
                    requires: "pact"))
        #expect(
            topology.deadLetters
                == DeadLetters(suffix: "-dead", partitions: 2, retention: Retention(milliseconds: 5)))
        #expect(
            topology.agreements
                == [Agreement(name: "pact", title: "The pact", signatories: ["moh", "vss"], signed: ["moh"])])
    }

    @Test func answersWhoMayReadAndWriteWhat() throws {
        let topology = try sample()
        #expect(topology.topic(carrying: .assessment)?.name == "v.assessments")
        #expect(topology.topic(named: "m.book")?.carries == .bookEntry)
        #expect(topology.topicsRead(by: "moh").map(\.name) == ["f.records", "v.assessments", "c.results"])
        #expect(topology.topicsWritten(by: "vss").map(\.name) == ["v.assessments", "v.checks", "pacts"])
        #expect(topology.topicsRead(by: "nobody").isEmpty)
        #expect(topology.party(named: "hanoi")?.role == .locality)
        #expect(topology.parties(role: .facility).map(\.name) == ["clinic"])
    }

    @Test func knowsTheAgreementThatHoldsAHop() throws {
        let topology = try sample()
        let gate = try #require(topology.agreement(gating: .identityResult))
        #expect(gate.name == "pact")
        #expect(gate.missing == ["vss"])
        #expect(!gate.isInForce)
        #expect(topology.agreement(gating: .assessment) == nil)
    }

    @Test func createsADeadLetterTopicBesideEachTopic() throws {
        let created = try sample().topicsToCreate
        #expect(created.count == 20)
        #expect(created[0].name == "f.records" && created[0].partitions == 3)
        #expect(created[1].name == "f.records-dead" && created[1].partitions == 2)
        #expect(created.suffix(2).map(\.name) == ["audit.checkpoints", "audit.access"])
    }

    @Test func usesDefaultsForWhatAFileLeavesOut() throws {
        var text = try Samples.breaking(Samples.topology, "durability: power\n", "")
        text = try Samples.breaking(text, "deadLetters:", "#")
        let topology = try Topology.parse(text, fileName: "t.yaml")
        #expect(topology.durability == .process)
        #expect(topology.deadLetters == DeadLetters(suffix: ".dlt", partitions: 1, retention: .forever))
    }

    @Test(arguments: [
        ("a", true), ("a.B_9-", true), ("", false), (".", false), ("..", false), ("a b", false), ("é", false),
        (String(repeating: "a", count: 249), true), (String(repeating: "a", count: 250), false),
    ])
    func knowsWhichTopicNamesKafkaAccepts(name: String, isLegal: Bool) {
        #expect(Topic.isLegal(name: name) == isLegal)
    }
}
