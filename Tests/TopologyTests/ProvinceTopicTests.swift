import Foundation
import Testing
import Vocabulary

@testable import Topology

/// `perProvince: true`: a topic for each province, which the locality that serves it reads and no other.
@Suite struct ProvinceTopicTests {
    /// Two localities with a part of the provinces each, and one with all of them where asked for.
    private func text(withNational: Bool, shared: String = "perProvince: true, ") throws -> String {
        let half = ProvinceCode.all.count / 2
        var lines = [("hanoi", Array(ProvinceCode.all[..<half])), ("south", Array(ProvinceCode.all[half...]))].map {
            "  - { name: \($0.0), role: locality, provinces: [\($0.1.joined(separator: ", "))] }"
        }
        if withNational { lines.append("  - { name: national, role: locality, provinces: all }") }
        let text = try Samples.breaking(
            Samples.topology, "  - { name: hanoi, role: locality }", lines.joined(separator: "\n"))
        return try Samples.breaking(
            text, "partitions: 7, writers: [moh], readers: [hanoi]",
            "\(shared)writers: [moh], readers: [hanoi, south\(withNational ? ", national" : "")]")
    }

    private func topology(withNational: Bool = false) throws -> Topology {
        try Topology.parse(try text(withNational: withNational), fileName: "t.yaml")
    }

    @Test func eachProvinceHasATopicOfOnePartitionWithItsLocalityAsReader() throws {
        let topology = try topology()
        let entries = topology.topics(carrying: .bookEntry)
        #expect(entries.map(\.name) == ProvinceCode.all.map { "m.book.\($0)" })
        #expect(entries.map(\.province) == ProvinceCode.all && entries.allSatisfy { $0.partitions == 1 })
        for topic in entries {
            let reader = try #require(topology.parties.first { $0.provinces.contains(topic.province ?? "") })
            #expect(topic.readers == [reader.name] && topic.writers == ["moh"] && topic.declaredName == "m.book")
        }
        #expect(Set(topology.topicsToCreate.map(\.name)).count == topology.topicsToCreate.count)
        #expect(topology.topicsToCreate.contains { $0.name == "m.book.79-dead" })
    }

    @Test func asDeclaredTheyAreOneTopicWithTheReadersOfAll() throws {
        let topology = try topology(withNational: true)
        let declared = try #require(topology.topic(carrying: .bookEntry))
        #expect(declared.name == "m.book" && declared.province == nil)
        #expect(declared.readers == ["hanoi", "south", "national"])
        #expect(topology.declaredTopics.map(\.carries).filter { $0 == .bookEntry }.count == 1)
        #expect(topology.nameByTopic(ofFigure: "hop.bookEntry.count") == "hop.m.book.count")
        #expect(topology.route.duties(of: "south")?.intake == .bookEntry)
    }

    /// Neither login may read, write dead letters of, or see the other's topic; whoever serves all reads all.
    @Test func noLocalityMayReadAnothersTopic() throws {
        let topology = try topology(withNational: true)
        let plan = AccessPlan(topology)
        for topic in topology.topics(carrying: .bookEntry) {
            for party in topology.parties(role: .locality) {
                let isServed = party.servedProvinces?.contains(topic.province ?? "") ?? true
                for (name, operation) in [
                    (topic.name, AccessRule.Operation.read), (topic.name, .describe), (topic.name + "-dead", .write),
                ] {
                    #expect(plan.allows(party.name, operation, .topic(name)) == isServed, "\(party.name) \(name)")
                }
            }
            #expect(
                !plan.allows("clinic", .read, .topic(topic.name))
                    && !plan.allows("clinic", .describe, .topic(topic.name)))
            #expect(plan.allows("moh", .write, .topic(topic.name)) && plan.allows("auditor", .read, .topic(topic.name)))
        }
    }

    /// The National Health Data Centre has every resident, so that what it has is what all have.
    @Test func whoServesAllStandsBesideThoseWhoServeTheirOwn() throws {
        #expect(try topology(withNational: true).bookLocalities.map(\.name) == ["national"])
        #expect(try topology().bookLocalities.map(\.name) == ["hanoi", "south"])
        // Then nobody need serve a province alone.
        let text = try Samples.breaking(
            try text(withNational: true), "provinces: [\(ProvinceCode.all.prefix(17).joined(separator: ", "))]",
            "provinces: [01]")
        #expect(Samples.topologyErrors(text) == [])
        let second = try Samples.breaking(text, "provinces: [01]", "provinces: all")
        #expect(
            Samples.topologyErrors(second) == [
                "t.yaml:12:5: parties[national] serves every province, and another locality does so already; "
                    + "expected provinces: all of one locality only"
            ])
    }

    @Test func oneTopicForSeveralLocalitiesIsRefused() throws {
        let errors = Samples.topologyErrors(try text(withNational: false, shared: ""))
        #expect(
            errors == [
                "t.yaml:18:5: topics[m.book] is one topic for several localities, which would read each other's residents; "
                    + "expected perProvince: true on m.book, which makes m.book.01, m.book.04 and so on of it, one topic for "
                    + "each province with its locality as only reader"
            ])
    }

    @Test func aTopicForEachProvinceIsForLocalities() throws {
        let text = try Samples.breaking(
            Samples.topology, "{ name: m.answers, carries", "{ name: m.answers, perProvince: true, carries")
        let errors = Samples.topologyErrors(text)
        #expect(errors.count == 1 && errors[0].contains("has a topic for each province, and no locality reads them"))
    }

    /// Files of before say so; the text is what to write, and with it the file is right.
    @Test func aFileInWhichFacilitiesReadTheBookIsToldWhatToWrite() throws {
        let before = try Samples.breaking(Samples.topology, "readers: [hanoi] }", "readers: [clinic, hanoi] }")
            .replacing("  - { name: m.answers, carries: sharingNotice, writers: [moh], readers: [clinic] }\n", with: "")
        let errors = Samples.topologyErrors(before)
        #expect(
            errors == [
                "t.yaml:17:82: topics[m.book].readers[0] is clinic: a facility would read the entries of every citizen; "
                    + "expected localities only, and for clinic a topic of answers about its own records: "
                    + "- { name: moh.answers, carries: sharingNotice, writers: [moh], readers: [clinic] }"
            ])
        let line = try #require(errors.first?.components(separatedBy: "records: ").last)
        let after = before.replacing("readers: [clinic, hanoi] }", with: "readers: [hanoi] }\n  \(line)")
        #expect(Samples.topologyErrors(after) == [])
    }
}
