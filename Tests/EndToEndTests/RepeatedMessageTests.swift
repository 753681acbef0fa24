import Foundation
import Judgement
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Testing
import Vocabulary

@Suite struct RepeatedMessageTests {
    private static let topics =
        [
            "facility.records", "moh.records", "vss.assessments", "vss.identity-checks", "c06.identity-results",
            "moh.answers", "moh.corrections",
        ] + ProvinceCode.all.map { "moh.book-entries.\($0)" }

    /// Every message of a finished run is sent again, in another order: copies of the last revision of a record, and
    /// late messages about the one before.
    @Test func copiesAndLateMessagesHaveNoSecondEffect() async throws {
        var scenario = TestScenario.everything(records: 250, seed: 71, recordsPerSecond: 5_000)
        scenario.faults["unreadable"] = nil
        let written = scenario
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(
                in: directory, scenario: try written.write(in: directory), records: 250)
            try await exchange.startAll()
            try await exchange.settle()
            // A status is up to a quarter of a second old: the figures count once each party says it has read all there is.
            try await Self.untilAllIsRead(exchange, try await exchange.counts(Self.topics))
            let before = try Self.ledgers(exchange)
            var random = SeededGenerator()
            let messages = try await exchange.read(Self.topics)
            try await exchange.publish(messages.shuffled(using: &random))
            let counts = try await exchange.counts(Self.topics)
            #expect(counts.values.reduce(0, +) == Int64(2 * messages.count))
            try await Self.untilAllIsRead(exchange, counts)
            let after = try Self.ledgers(exchange)
            for party in exchange.parties {
                let (old, new) = (try #require(before[party]), try #require(after[party]))
                #expect(Self.withoutCopies(new) == Self.withoutCopies(old), "\(party), seed \(random.seed)")
                let ignored = new.duplicatesIgnored + new.staleIgnored - old.duplicatesIgnored - old.staleIgnored
                #expect(ignored > 0, "\(party)")
            }
            #expect(try #require(after["moh"]).staleIgnored > 0)
            #expect(try #require(after["moh"]).duplicatesIgnored >= 250)
            // Nobody has answered a copy.
            #expect(try await exchange.counts(Self.topics) == counts)
            #expect(try await exchange.counts(Self.topics.map { $0 + ".dlt" }).values.allSatisfy { $0 == 0 })
            try await exchange.stopAll()
            let report = try exchange.judgement()
            #expect(report.conservation.holds, "\(report.conservation.violations)")
            #expect(report.duplicatesApplied == 0)
        }
    }

    private static func untilAllIsRead(_ exchange: HandMadeExchange, _ counts: [String: Int64]) async throws {
        try await exchange.until("everything was read") {
            exchange.parties.allSatisfy { party in
                guard let report = exchange.status(party), report.isIdle else { return false }
                return report.hops.allSatisfy { $0.count == counts[$0.topic] ?? $0.count }
            }
        }
    }

    private static func ledgers(_ exchange: HandMadeExchange) throws -> [String: Ledger] {
        try exchange.parties.reduce(into: [:]) { $0[$1] = try #require(exchange.status($1)).ledger }
    }

    private static func withoutCopies(_ ledger: Ledger) -> Ledger {
        var rest = ledger
        (rest.duplicatesIgnored, rest.staleIgnored) = (0, 0)
        return rest
    }
}
