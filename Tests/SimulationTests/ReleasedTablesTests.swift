import CoreTestSupport
import ExchangeSchema
import PartyCore
import Simulation
import Testing
import Vocabulary

/// Whatever tables a visit has: each reaches those whom the rules give it, and XML6 nobody else, on both routes.
@Suite struct ReleasedTablesTests {
    @Test(arguments: SmallRoute.allCases, 0..<12)
    func everyTableStopsWhereItsRuleSays(route: SmallRoute, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var simulation = SmallSimulation(outcome: .shared, route: route)
        let carried = RecordPart.tables.filter { _ in Bool.random(using: &generator) }
        simulation.carried = carried
        let result = try simulation.run()
        #expect(
            SimulationProperties(result: result, undisturbed: result, simulation: simulation).violations == [])
        #expect(result.books["facility"]?.ledger.shared == 1)
        for name in ["moh", "vss", "locality"] {
            let role = try #require(PartyRole(rawValue: name))
            let released = simulation.releases[ReleaseRecipient(role)]
            let received = parts(result, simulation.reads(name))
            #expect(
                received.intersection(.tables) == RecordPartSet(carried).intersection(released),
                "\(name) of \(carried.map(\.name))")
        }
        #expect(parts(result, simulation.reads("c06")).isEmpty)
        // The text of XML6 lies on no topic but those that its holders read.
        let mark = SampleTables.mark(.xml6)
        let holders = Set((route == .since2024 ? ["moh"] : ["vss", "moh"]).flatMap(simulation.reads))
        for topic in result.traffic where !holders.contains(topic.topic) {
            for record in topic.partitions.joined() {
                #expect(!String(decoding: record.payload, as: UTF8.self).contains(mark), "\(topic.topic)")
            }
        }
    }

    private func parts(_ result: SimulationResult, _ topics: [String]) -> RecordPartSet {
        var found: RecordPartSet = []
        for topic in result.traffic where topics.contains(topic.topic) {
            for record in topic.partitions.joined() {
                found.formUnion(RecordPartSet(of: record.payload.span.bytes, type: record.head.type))
            }
        }
        return found
    }
}
