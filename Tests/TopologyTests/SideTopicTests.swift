import Foundation
import Testing
import Vocabulary

@testable import Topology

/// Topics beside the way of a record: what happens to people, and what follows from it.
@Suite struct SideTopicTests {
    static let changes: [(String, String, String)] = [
        (
            "    carries: bookHandover\n    perProvince: true\n    writers: [moh]\n    readers: [locality]",
            "    carries: bookHandover\n    perProvince: true\n    writers: [moh]\n    readers: [vss]",
            "whose role is vss"
        ),
        (
            "    carries: bookHandover\n    perProvince: true\n    writers: [moh]",
            "    carries: bookHandover\n    perProvince: true\n    writers: [c06]", "parties with the role moh only"
        ),
        (
            "    carries: provinceCoverage\n    partitions: 1\n    writers: [moh]",
            "    carries: provinceCoverage\n    partitions: 1\n    writers: [c06]",
            "parties with the role moh only"
        ),
        (
            "    carries: civilStatus\n    partitions: 1\n    writers: [c06]",
            "    carries: civilStatus\n    partitions: 1\n    writers: [vss]", "parties with the role c06 only"
        ),
        (
            "    writers: [c06]\n    readers: [moh]\n\n  # A record",
            "    writers: [c06]\n    readers: [facility]\n\n  # A record", "parties with the role moh only"
        ),
        (
            "    carries: historyRequest\n    partitions: 1\n    writers: [facility]",
            "    carries: historyRequest\n    partitions: 1\n    writers: [vss]", "parties with the role facility only"
        ),
        (
            "    carries: sharedHistory\n    partitions: 1\n    writers: [moh]\n    readers: [facility]",
            "    carries: sharedHistory\n    partitions: 1\n    writers: [moh]\n    readers: [facility, vss]",
            "parties with the role facility only"
        ),
        (
            "{ name: moh, role: moh, instances: 1,", "{ name: moh, role: moh, instances: 2,",
            "which is not keyed by record id"
        ),
        (
            "{ name: c06, role: c06, instances: 1,", "{ name: c06, role: c06, instances: 2,",
            "each would report every change"
        ),
    ]

    @Test(arguments: changes.indices) func whoHasNothingToDoWithItIsRefused(index: Int) throws {
        let (old, new, told) = Self.changes[index]
        let text = try Samples.shipped("2024-04.yaml")
        #expect(text.contains(old))
        do {
            _ = try Topology.parse(text.replacing(old, with: new), fileName: "t.yaml")
            Issue.record("accepted")
        } catch {
            #expect("\(error)".contains(told), "\(error)")
        }
    }

    @Test(arguments: ["2024-04.yaml", "2026-07.yaml"]) func bothOrNeither(file: String) throws {
        let text = try Samples.shipped(file)
        let start = try #require(text.range(of: "  # A record in the book passes"))
        let end = try #require(text.range(of: "  # What VSS says of a visit after"))
        let without = text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "")
        do {
            _ = try Topology.parse(without, fileName: "t.yaml")
            Issue.record("accepted")
        } catch {
            #expect("\(error)".contains("no topic carries bookHandover"), "\(error)")
        }
        // What MoH counts has a topic of its own, with or without these.
        let coverage = try #require(text.range(of: "  # How many residents of a province"))
        let uncounted = try Topology.parse(
            text.replacingCharacters(in: coverage.lowerBound..<end.lowerBound, with: ""), fileName: "t.yaml")
        #expect(uncounted.topic(carrying: .provinceCoverage) == nil)
        let first = try #require(text.range(of: "  # What happens to people"))
        let neither = try Topology.parse(
            text.replacingCharacters(in: first.lowerBound..<end.lowerBound, with: ""), fileName: "t.yaml")
        #expect(neither.topic(carrying: .civilStatus) == nil)
        #expect(neither.route == (try Topology.parse(text, fileName: file)).route, "the way of a record is the same")
    }

    /// An exchange without shared histories works as before; one that asks and is not answered does not.
    @Test(arguments: ["2024-04.yaml", "2026-07.yaml"]) func whoAsksIsAnswered(file: String) throws {
        let text = try Samples.shipped(file)
        let start = try #require(text.range(of: "  # A facility asks what is known"))
        let answers = try #require(text.range(of: "  - name: moh.shared-histories"))
        let end = try #require(text.range(of: "# What a reader cannot decode"))
        do {
            let unanswered = text.replacingCharacters(in: answers.lowerBound..<end.lowerBound, with: "\n")
            _ = try Topology.parse(unanswered, fileName: "t.yaml")
            Issue.record("accepted")
        } catch {
            #expect(
                "\(error)".contains("no topic carries sharedHistory") && "\(error)".contains("who asks is answered"),
                "\(error)")
        }
        let neither = try Topology.parse(
            text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "\n"), fileName: "t.yaml")
        #expect(neither.topic(carrying: .historyRequest) == nil && neither.topic(carrying: .civilStatus) != nil)
        #expect(neither.route == (try Topology.parse(text, fileName: file)).route, "the way of a record is the same")
    }

    @Test func onlyMoHHearsOfPeopleAndOnlyLocalitiesOfTheirRecords() throws {
        for file in ["2024-04.yaml", "2026-07.yaml"] {
            let topology = try Topology.parse(Samples.shipped(file), fileName: file)
            #expect(topology.topic(carrying: .civilStatus)?.readers == ["moh"])
            #expect(topology.topic(carrying: .bookHandover)?.readers == ["locality"])
            #expect(topology.topic(carrying: .provinceCoverage)?.readers == ["locality"])
        }
    }
}
