import Testing
import Vocabulary

@testable import Topology

/// Several localities, each with its provinces.
@Suite struct ProvinceRuleTests {
    private static let one = "  - { name: hanoi, role: locality }"

    /// The sample with these localities in place of its one; the first stands in line 10.
    private func errors(_ localities: [(name: String, provinces: String)]) throws -> [String] {
        let lines = localities.map { "  - { name: \($0.name), role: locality\($0.provinces) }" }
        var text = try Samples.breaking(Samples.topology, Self.one, lines.joined(separator: "\n"))
        let names = localities.map(\.name).joined(separator: ", ")
        text = try Samples.breaking(
            text, "partitions: 7, writers: [moh], readers: [hanoi]",
            "perProvince: true, writers: [moh], readers: [\(names)]")
        return Samples.topologyErrors(text)
    }

    private func list(_ codes: some Sequence<String>) -> String { ", provinces: [\(codes.joined(separator: ", "))]" }

    @Test(arguments: 1...34) func theProvincesMayBeDividedInAnyWay(count: Int) throws {
        let parts = (0..<count).map { part in
            ("l-\(part)", list(ProvinceCode.all.enumerated().filter { $0.offset % count == part }.map(\.element)))
        }
        #expect(try errors(parts) == [])
    }

    @Test func whatIsWrittenIsRead() throws {
        let rest = ProvinceCode.all.dropFirst(2)
        var text = try Samples.breaking(
            Samples.topology, Self.one,
            "  - { name: a, role: locality\(list(ProvinceCode.all.prefix(2))) }\n"
                + "  - { name: b, role: locality\(list(rest)) }")
        text = try Samples.breaking(
            text, "partitions: 7, writers: [moh], readers: [hanoi]",
            "perProvince: true, writers: [moh], readers: [a, b]")
        let topology = try Topology.parse(text, fileName: "t.yaml")
        #expect(topology.party(named: "a")?.servedProvinces == ["01", "04"])
        #expect(topology.party(named: "b")?.provinces == Array(rest))
        #expect(topology.party(named: "moh")?.servedProvinces == nil)
    }

    @Test func aProvinceThatNobodyServesIsNamed() throws {
        let found = try errors([("a", list(["01"])), ("b", list(ProvinceCode.all.dropFirst(3)))])
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix(
                "t.yaml:11:43: nobody serves the provinces 04, 08, so that records of their residents")
                == true, "\(found)")
    }

    @Test func aProvinceServedTwiceIsNamed() throws {
        let found = try errors([("a", list(["01"])), ("b", list(ProvinceCode.all))])
        #expect(
            found == [
                "t.yaml:11:44: parties[b].provinces[0] is 01, which a serves already (line 10); "
                    + "expected each province at one locality"
            ])
    }

    @Test func severalLocalitiesSayWhomTheyServe() throws {
        let found = try errors([("a", ""), ("b", "")])
        #expect(found.count == 2 && found.allSatisfy { $0.contains("serves every province, and so do others with it") })
    }

    @Test func whatIsNoProvinceIsNamed() throws {
        let found = try errors([("a", list(ProvinceCode.all + ["99"]))])
        #expect(found.count == 1 && found[0].contains("parties[a].provinces[34] is 99, which is no province"))
        #expect(try errors([("a", ", provinces: []")]).first?.contains("provinces is empty") == true)
    }

    @Test func onlyLocalitiesServeProvinces() throws {
        let text = try Samples.breaking(Samples.topology, "role: vss", "role: vss, provinces: [01]")
        #expect(
            Samples.topologyErrors(text) == [
                "t.yaml:8:40: parties[vss].provinces is given to the role vss; expected provinces of a locality only"
            ])
    }

    @Test func aGateThatHoldsNothingBackIsRefused() throws {
        let text = try Samples.breaking(Samples.topology, "readers: [vss] }", "readers: [vss], requires: pact }")
        let found = Samples.topologyErrors(text)
        #expect(found.count == 1)
        #expect(
            found.first?.contains(
                "topics[m.records].requires holds back acceptedRecord, which its writers send at once; expected requires on "
                    + "the topic that carries identityResult") == true, "\(found)")
    }
}
