import ExchangeSchema
import Testing

@testable import Replay

/// Recorded traffic sent again, on a clock that only waiting moves.
@Suite struct TrafficReplayTests {
    /// Notes what it is sent and when; each wait takes the time it was given.
    private final class Notebook: ReplaySink {
        var now: Int64 = 7_000
        var sent: [(place: String, origin: String, at: Int64)] = []
        var isFinished = false

        func send(_ record: TrafficRecord, origin: String) { sent.append((record.place, origin, now)) }
        func serve(milliseconds: Int) { now += Int64(milliseconds) }
        func finish() { isFinished = true }
    }

    private static func record(_ topic: String, _ offset: Int64, at time: Int64) -> TrafficRecord {
        TrafficRecord(
            topic: topic, partition: 0, offset: offset, timestamp: time, key: nil, value: [1],
            headers: [TrafficHeader("ce_id", [UInt8(offset)])])
    }

    private let traffic = MemoryTraffic([
        record("a", 0, at: 10_000), record("b", 0, at: 10_500), record("audit", 0, at: 10_600),
        record("a", 1, at: 12_000), record("b", 1, at: 11_000), record("a", 2, at: 15_000),
    ])

    private func run(
        _ change: (inout TrafficReplay) -> Void = { _ in }, report: (ReplayProgress) -> Void = { _ in }
    ) throws -> (Notebook, ReplayProgress) {
        var replay = TrafficReplay(exchange: "X", topics: ["a", "b"], speed: .times(1))
        change(&replay)
        let sink = Notebook()
        let progress = try replay.run(traffic, into: sink, clock: { sink.now }, report: report)
        return (sink, progress)
    }

    @Test func theRecordedOrderAndDistancesAreKept() throws {
        let (sink, progress) = try run()
        #expect(sink.sent.map(\.place) == ["a/0/0", "b/0/0", "a/0/1", "b/0/1", "a/0/2"])
        #expect(sink.sent.map(\.at) == [7_000, 7_500, 9_000, 9_000, 12_000])
        #expect(sink.sent[1].origin == "X/b/0/0")
        #expect(sink.isFinished && progress.sent == 5 && progress.elapsed == 5_000)
    }

    @Test func tenTimesAsFastTakesATenth() throws {
        let (sink, progress) = try run { $0.speed = .times(10) }
        #expect(sink.sent.map(\.at) == [7_000, 7_050, 7_200, 7_200, 7_500])
        #expect(progress.rate == 10)
        #expect(try run { $0.speed = .maximum }.0.sent.allSatisfy { $0.at == 7_000 })
    }

    @Test func fromIsIncludedAndUntilIsNot() throws {
        let (sink, _) = try run {
            $0.from = .afterFirst(500)
            $0.until = .at(15_000)
        }
        #expect(sink.sent.map(\.place) == ["b/0/0", "a/0/1", "b/0/1"])
        // The first record that is sent is due at once.
        #expect(sink.sent[0].at == 7_000)
        #expect(try run { $0.topics = ["b"] }.0.sent.map(\.place) == ["b/0/0", "b/0/1"])
    }

    @Test func erasedRecordsAreSkippedAndCounted() throws {
        traffic.erase(0)
        traffic.erase(3)
        let (sink, progress) = try run()
        #expect(sink.sent.map(\.place) == ["b/0/0", "b/0/1", "a/0/2"])
        #expect(progress.erased == 2 && progress.sent == 3)
    }

    @Test func progressIsReportedEachSecondAlsoInLongPauses() throws {
        var reports: [ReplayProgress] = []
        _ = try run({ _ in }, report: { reports.append($0) })
        #expect(reports.map(\.elapsed) == [1_000, 2_000, 3_000, 4_000, 5_000])
        #expect(reports.map(\.sent) == [2, 2, 4, 4, 4])
    }

    @Test func whatTheSinkRefusesEndsTheReplay() {
        final class Refusing: ReplaySink {
            func send(_ record: TrafficRecord, origin: String) throws { throw ReplayError(.target, "no") }
            func serve(milliseconds: Int) {}
            func finish() {}
        }
        let replay = TrafficReplay(exchange: "X", topics: ["a"], speed: .maximum)
        #expect(throws: ReplayError(.target, "no")) {
            _ = try replay.run(traffic, into: Refusing(), clock: { 0 }, report: { _ in })
        }
    }
}
