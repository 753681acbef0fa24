import Testing
import Vocabulary

@testable import Topology

/// Values written out as a person would write them are read back as the same values.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<6)
    func anyScenarioIsReadBackAsItself(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<20 {
            let written = scenario(&random)
            let read = try Scenario.parse(text(of: written), fileName: "s.yaml")
            var expected = written
            expected.locations = read.locations
            #expect(read == expected)
        }
    }

    @Test(arguments: 0..<6)
    func anyPartitionsAndRetentionAreReadBackAsThemselves(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<20 {
            let partitions = Int.random(in: Topic.partitionRange, using: &random)
            let retention = Retention(
                milliseconds: Bool.random(using: &random) ? Int.random(in: 1...Int.max, using: &random) : nil,
                bytes: Bool.random(using: &random) ? Int.random(in: 1...Int.max, using: &random) : nil)
            let limits = [retention.milliseconds.map { "milliseconds: \($0)" }, retention.bytes.map { "bytes: \($0)" }]
            let shown = retention.isForever ? "forever" : "{ \(limits.compactMap { $0 }.joined(separator: ", ")) }"
            let text = try Samples.breaking(
                Samples.topology, "partitions: 7", "partitions: \(partitions), retention: \(shown)")
            let topic = try #require(try Topology.parse(text, fileName: "t.yaml").topic(named: "m.book"))
            #expect(topic.partitions == partitions)
            #expect(topic.retention == retention)
        }
    }

    private func scenario(_ random: inout SplitMix) -> Scenario {
        let records = Int.random(in: 1...1_000_000, using: &random)
        let faults = FaultKind.allCases.filter { _ in Bool.random(using: &random) }
        return Scenario(
            name: "run-\(Int.random(in: 0...99, using: &random))", summary: "no: \"quotes\", # and ' marks – đủ",
            topologyPath: Bool.random(using: &random) ? "../a b.yaml" : nil, seed: random.next(), records: records,
            population: PopulationPlan(
                persons: Int.random(in: 1...100_000_000, using: &random),
                facilities: Int.random(in: 1...20_000, using: &random),
                uninsuredShare: Double.random(in: 0...1, using: &random)),
            load: LoadPlan(maximumPending: nil, recordsPerSecond: Int.random(in: 1...9999, using: &random)),
            faults: Dictionary(
                uniqueKeysWithValues: faults.map { ($0, Double.random(in: 0...0.03, using: &random)) }),
            correctionRate: Double.random(in: 0...1, using: &random),
            endsWhen: EndCondition.allCases.randomElement(using: &random) ?? .held,
            timeoutSeconds: Int.random(in: 1...86_400, using: &random))
    }

    private func text(of scenario: Scenario) -> String {
        let quoted = scenario.summary.replacing("\"", with: "\\\"")
        let faults = scenario.faults.map { "\($0.key.rawValue): \($0.value)" }.joined(separator: ", ")
        return """
            name: \(scenario.name)
            summary: "\(quoted)"
            \(scenario.topologyPath.map { "topology: \($0)" } ?? "# the shipped topology")
            seed: \(scenario.seed)
            records: \(scenario.records)
            population:
              persons: \(scenario.population.persons)
              facilities: \(scenario.population.facilities)
              uninsuredShare: \(scenario.population.uninsuredShare)
            load: { recordsPerSecond: \(scenario.load.recordsPerSecond ?? 0), maximumPending: unlimited }
            faults: { \(faults) }
            corrections: { rate: \(scenario.correctionRate) }
            endsWhen: \(scenario.endsWhen.rawValue)
            timeoutSeconds: \(scenario.timeoutSeconds)
            """
    }
}
