import Foundation
import Glibc
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Testing

/// A party that has as much on its way to the broker as it may have, and a broker that takes none of it.
@Suite struct FullQueueTests {
    @Test(arguments: [SIGSTOP, SIGKILL])
    func aPartyWithAFullQueueStopsWhenAsked(signal: Int32) async throws {
        try await ExchangeSlots.run { directory in
            var scenario = TestScenario.everything(records: 150_000, seed: 71, recordsPerSecond: 100_000)
            scenario.load = "maximumPending: 200000"
            scenario.faults = [:]
            let path = try scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 150_000)
            try await exchange.startBroker()
            try await exchange.start(party: "facility")
            // Partitions let more than one record in when they have answered.
            try await exchange.until("the facility submits") {
                exchange.status("facility")?.figures.submission.nextVisit ?? 0 > 8_000
            }
            let broker = try exchange.program("broker")
            broker.send(signal)
            if signal == SIGKILL { exchange.forget("broker") }
            // Full is what no longer grows although there is more to submit.
            let seen = Unconfirmed()
            try await exchange.until("the facility's queue is full") {
                seen.hasRested(at: exchange.status("facility")?.unconfirmed ?? 0, for: .seconds(4))
            }
            let facility = try exchange.program("facility")
            let unconfirmed = try #require(exchange.status("facility")).unconfirmed
            let end = await facility.stop()
            #expect(end.status == 0, "\(facility.errors)")
            end.expectPrompt(within: .seconds(2))
            // Some 6,200 of 1.3 kB are the 8 MiB that the client takes; a batch that found no room comes on top.
            #expect(unconfirmed > 5_000, "a queue that is full")
            if signal == SIGSTOP { broker.send(SIGCONT) }
            _ = await broker.stop(SIGKILL)
        }
    }
}

/// A figure that comes to rest.
private final class Unconfirmed: @unchecked Sendable {
    // Sendable because only the one test that waits uses it.
    private var last: Int64 = -1
    private var since = ContinuousClock.now

    func hasRested(at count: Int64, for time: Duration) -> Bool {
        if count != last { (last, since) = (count, .now) }
        return count > 0 && ContinuousClock.now - since > time
    }
}
