import BrokerFuzz
import NIOCore
import Testing

@testable import EmbeddedBroker

/// What a hostile or broken client may take, and that the others do not notice.
@Suite(.timeLimit(.minutes(10))) struct LimitTests {
    private final class Holder: BudgetHolder {
        var hasRoom = false
        var reason: String?
        func roomIsThere() { hasRoom = true }
        func giveUp(_ reason: String) { self.reason = reason }
    }

    @Test func connectionsFromOneAddressAreLimited() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.maximumConnectionsPerAddress = 2 }) { broker in
            let first = try ProbeConnection(port: broker.port)
            let second = try ProbeConnection(port: broker.port)
            _ = try first.ask(18, 0, [:])
            _ = try second.ask(18, 0, [:])
            let third = try ProbeConnection(port: broker.port)
            #expect(throws: WireProblem.self) { try third.ask(18, 0, [:]) }
            _ = try first.ask(18, 0, [:])
        }
    }

    @Test func whoeverOnlyHoldsPlacesKeepsNobodyOut() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.maximumConnectionsPerAddress = 5 }) { broker in
            let served = try ProbeConnection(port: broker.port)
            _ = try served.ask(18, 0, [:])
            // Many more than there are places: each newcomer takes that of the one that is silent longest.
            let holders = try (0..<40).map { _ in try ProbeConnection(port: broker.port) }
            let client = try ProbeConnection(port: broker.port)
            _ = try client.ask(18, 0, [:])
            _ = try served.ask(18, 0, [:])
            #expect(try holders[0].receiveFrame() == nil, "the first of them is cut off")
            let more = try (0..<40).map { _ in try ProbeConnection(port: broker.port) }
            _ = try client.ask(18, 0, [:])
            _ = try served.ask(18, 0, [:])
            #expect(more.count == 40)
        }
    }

    @Test func whoHasLoggedInIsServedBesideThoseWhoHaveNot() async throws {
        let secured = try SecuredBroker()
        try await withBroker(
            secured.directory,
            {
                secured.settings(&$0)
                $0.maximumConnectionsPerAddress = 4
            }
        ) { broker in
            let strangers = try (0..<20).map { _ in try ProbeConnection(port: broker.port) }
            // Asking what there is needs no login, and makes nobody known.
            for stranger in strangers.suffix(4) { _ = try? stranger.ask(18, 0, [:]) }
            let client = try ProbeConnection(port: broker.port)
            _ = try client.ask(17, 1, ["mechanism": "PLAIN"])
            let login = try client.ask(36, 1, ["token": .bytes(Array("\0admin\0right horse".utf8))])
            #expect(login["error"] == 0)
            _ = try client.ask(3, 9, ["topics": .list(nil)])
            let more = try (0..<20).map { _ in try ProbeConnection(port: broker.port) }
            _ = try client.ask(3, 9, ["topics": .list(nil)])
            #expect(more.count + strangers.count == 40)
        }
    }

    @Test func silenceAndUnfinishedRequestsEndAConnection() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(
            directory,
            {
                $0.requestTimeoutSeconds = 1
                $0.idleTimeoutSeconds = 1
            }
        ) { broker in
            let silent = try ProbeConnection(port: broker.port)
            let unfinished = try ProbeConnection(port: broker.port)
            try unfinished.send(ByteBuffer(bytes: [0, 0, 1, 0, 9]))
            #expect(try silent.receiveFrame() == nil)
            #expect(try unfinished.receiveFrame() == nil)
        }
    }

    @Test func theLargestUnfinishedRequestGoesWhenRoomIsShort() {
        let budget = MemoryBudget(limit: 1_000_000)
        let (large, small, other, last) = (Holder(), Holder(), Holder(), Holder())
        #expect(budget.take(900_000, for: large))
        #expect(!budget.take(200_000, for: small), "it waits until the large one is gone")
        #expect(large.reason != nil)
        budget.giveBack(large)
        #expect(small.hasRoom && budget.taken == 200_000)
        #expect(budget.take(800_000, for: other))
        #expect(!budget.take(800_000, for: last), "no larger one is there: it waits its turn")
        #expect(other.reason == nil)
        budget.giveBack(other)
        #expect(last.hasRoom)
        budget.giveBack(last)
        budget.giveBack(small)
        #expect(budget.taken == 0)
        #expect(budget.take(10, for: small) && budget.taken == 0, "small ones are not counted")
    }

    /// Whoever announces much and sends nothing does not keep others from sending.
    @Test func announcingMuchDoesNotKeepOthersWaiting() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(
            directory,
            {
                $0.maximumFrameBytes = 4_000_000
                $0.maximumBytesInFlight = 4_000_000
            }
        ) { broker in
            let good = try WireClient(port: broker.port)
            try good.createTopic("topic")
            let hostile = try (0..<3).map { _ in try ProbeConnection(port: broker.port) }
            for each in hostile {
                var bytes = ByteBuffer(integer: Int32(3_900_000))
                bytes.writeRepeatingByte(0, count: 100_000)
                try each.send(bytes)
            }
            let batch = SampleBatch(values: [String(repeating: "x", count: 900_000)]).bytes
            for _ in 0..<3 { #expect(try good.produce("topic", batch).error == .none) }
        }
    }

    @Test func topicsAndPartitionsAreLimited() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(
            directory,
            {
                $0.maximumTopics = 2
                $0.maximumPartitions = 5
            }
        ) { broker in
            let client = try ProbeConnection(port: broker.port)
            func create(_ name: String, _ count: Int64) throws -> WireValue? {
                let topic: WireValue = ["name": .text(name), "count": .integer(count), "replication": 1]
                return try client.ask(19, 4, ["topics": [topic]])["topics"]?.items.first?["error"]
            }
            let refused = WireValue.integer(Int64(ErrorCode.policyViolation.rawValue))
            #expect(try create("a", 3) == 0)
            #expect(try create("b", 3) == refused)
            #expect(try create("b", 1) == 0)
            #expect(try create("c", 1) == refused)
            let more = try client.ask(37, 1, ["topics": [["name": "a", "count": 5, "assignments": .list(nil)]]])
            #expect(more["results"]?.items.first?["error"] == refused)
        }
    }

    @Test(arguments: UInt64(1)...3) func aFuzzedBrokerGoesOnServing(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(
            directory,
            {
                $0.maximumPartitions = 64
                $0.requestTimeoutSeconds = 1
            }
        ) { broker in
            var run = FuzzRun(port: broker.port, seed: seed)
            let summary = try run.run(frames: 4_000)
            #expect(summary.probes > 80 && summary.closed > 0, "\(summary)")
        }
    }
}
