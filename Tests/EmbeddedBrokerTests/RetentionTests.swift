import Foundation
import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct RetentionTests {
    private let fixture: LogFixture

    init() throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 4_096
        self.fixture = fixture
    }

    /// Twenty batches at the times 1000, 2000, …, four to a segment.
    private func filled() throws -> PartitionLog {
        let log = try fixture.open()
        for index in 1...20 {
            try log.add(
                SampleBatch(values: [String(repeating: "x", count: 900)], firstTimestamp: Int64(1_000 * index)))
        }
        return log
    }

    @Test func withoutARuleNothingGoes() throws {
        let log = try filled()
        #expect(try log.applyRetention(RetentionRule(), now: .max / 2, consumedUpTo: nil) == 0)
        #expect(log.startOffset == 0)
    }

    @Test func whatIsOldGoesAndReadersAreToldWhereTheLogBegins() throws {
        let log = try filled()
        #expect(try log.applyRetention(.init(milliseconds: 5_000), now: 13_500, consumedUpTo: nil) == 2)
        #expect(log.startOffset == 8)
        #expect(try log.place(of: 7) == nil)
        #expect(try log.readAll(from: 8).count == 12)
    }

    @Test func evenTheLastSegmentGoesOnceAllInItIsOld() throws {
        let log = try filled()
        _ = try log.applyRetention(.init(milliseconds: 0), now: 100_000, consumedUpTo: nil)
        #expect(log.startOffset == 20)
        #expect(log.endOffset == 20)
        #expect(try log.add(SampleBatch()) == 20)
        #expect(try FileTree.names(in: log.directory).filter { $0.hasSuffix(".log") }.count == 1)
    }

    @Test func theOldestGoWhileEnoughStays() throws {
        let log = try filled()
        let before = log.size
        let deleted = try log.applyRetention(.init(bytes: 9_000), now: 0, consumedUpTo: nil)
        #expect(deleted > 0 && log.size >= 9_000 && log.size < before)
    }

    @Test func nothingGoesBeforeEveryNamedConsumerHasPassedIt() throws {
        let log = try filled()
        let rule = RetentionRule(milliseconds: 0, consumers: ["a", "b"])
        #expect(try log.applyRetention(rule, now: 100_000, consumedUpTo: 0) == 0)
        #expect(try log.applyRetention(rule, now: 100_000, consumedUpTo: 7) == 1)
        #expect(log.startOffset == 4)
        #expect(try log.applyRetention(rule, now: 100_000, consumedUpTo: 8) == 1)
        #expect(log.startOffset == 8)
    }

    @Test func theBrokerTakesTheSlowestConsumersCommit() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic(
                "topic",
                settings: [
                    "retention.ms": "0", "segment.bytes": "4096", "exchange.retention.consumers": "moh, auditor",
                ])
            for _ in 0..<20 {
                _ = try client.produce("topic", SampleBatch(values: [String(repeating: "x", count: 900)]).bytes)
            }
            #expect(try await broker.applyRetention(now: 1_000_000) == 0)
            _ = try client.ask(.offsetCommit, 7, Requests.commit("moh", "topic", 20, version: 7))
            #expect(try await broker.applyRetention(now: 1_000_000) == 0)
            _ = try client.ask(.offsetCommit, 7, Requests.commit("auditor", "topic", 9, version: 7))
            #expect(try await broker.applyRetention(now: 1_000_000) == 2)
            #expect(try client.fetch("topic", [0: 0])[0]?.error == .offsetOutOfRange)
            #expect(try client.fetch("topic", [0: 8])[0].map { baseOffsets(in: $0.records).first } == 8)
        }
    }
}
