import Testing
import Topology
import Vocabulary

@testable import Audit

/// For whom a message is: of a kind with a topic for each province, for those who read the province's topic.
@Suite struct CrossReaderTests {
    private static let topology = Topology(
        name: "t",
        parties: [
            Party(name: "moh", role: .moh), Party(name: "hanoi", role: .locality, provinces: ["01"]),
            Party(name: "south", role: .locality, provinces: ["79", "80"]), Party(name: "national", role: .locality),
        ],
        topics: [("01", "hanoi"), ("79", "south"), ("80", "south")].map { (province: String, reader: String) in
            Topic(
                name: "book.\(province)", carries: .bookEntry, partitions: 1, writers: ["moh"],
                readers: [reader, "national"], province: province)
        })

    private let readers = CrossReaders(
        topology.parties.map {
            AuditSubject(
                party: $0, topology: topology, directory: "/\($0.name as String)", evidenceDirectory: "/evidence")
        })

    @Test(
        arguments: [(1, ["hanoi", "national"]), (79, ["south", "national"]), (80, ["south", "national"]), (4, [])]
            as [(UInt8, [String])])
    func aMessageIsForItsProvince(province: UInt8, names: [String]) {
        let found = readers.of(MessageType.bookEntry.rawValue, province: province)
        #expect(found.map { readers.all[$0].name } == names)
        #expect(found.allSatisfy { readers.all[$0].topic == "book.\(ProvinceCode.text(province))" })
        #expect(found.allSatisfy { readers.all[$0].partitions == 1 })
    }

    /// Three topics, and one hop for each reader: what people see of it.
    @Test func theTopicsOfAReaderAreOneHop() {
        #expect(readers.all.count == 6)
        #expect(readers.hops.map(\.reader) == ["hanoi", "south", "national"])
        #expect(readers.hop(MessageType.bookEntry.rawValue, place: 2) == 1)
        #expect(readers.hop(MessageType.bookEntry.rawValue, place: 0) == nil)
    }

    /// What was sent without a province is expected of nobody who reads topics of provinces.
    @Test func withoutAProvinceItIsForNobody() {
        #expect(readers.of(MessageType.bookEntry.rawValue, province: nil) == [])
    }
}
