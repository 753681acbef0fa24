import ExchangeSchema
import Testing
import Vocabulary

@testable import Conformance

/// When a stage of a case is over, on a clock of the test's own.
@Suite struct CaseProgressTests {
    private let judge = CaseJudge(partitions: [:])
    private let begin = ContinuousClock.now
    private let patience = Duration.seconds(8)

    /// A case of two stages that are not answered, of which the first was sent.
    private func progress(opensGate: Bool) throws -> CaseProgress {
        let rig = try DeskOfRoute(.locality, .april2024)
        let withdrawn = try #require(rig.cases.first { $0.name == "locality.withdrawn" })
        var kase = ConformanceCase(
            "two-stages", "nothing is answered", source: "this test", stages: Array(withdrawn.stages.prefix(2)))
        kase.opensGate = opensGate
        try #require(kase.stages.count == 2)
        var progress = CaseProgress(kase, oracle: try rig.oracle(), now: begin)
        _ = try progress.begin(at: begin, clock: rig.desk.now, fence: { _ in nil }, letters: { $0 + ".dlt" })
        try #require(progress.expectations.isEmpty)
        return progress
    }

    @Test func aStageEndsWhenAllIsThere() throws {
        var progress = try progress(opensGate: false)
        let isReady = progress.isReady(judge, at: begin, patience: patience)
        #expect(isReady)
    }

    /// What is sent too early stands on another topic than the answer to the fence, and may be read after it.
    @Test func beforeTheGateIsOpenedNothingMayHaveComeForAWhile() throws {
        var progress = try progress(opensGate: true)
        let atOnce = progress.isReady(judge, at: begin + .milliseconds(1_999), patience: patience)
        let later = progress.isReady(judge, at: begin + .seconds(2), patience: patience)
        #expect(!atOnce)
        #expect(later)
        progress.take(
            TrafficRecord(
                topic: "c06.identity-results", partition: 0, offset: 0, timestamp: 0, key: nil, value: nil, headers: []),
            at: begin + .seconds(2))
        let behindARecord = progress.isReady(judge, at: begin + .milliseconds(3_999), patience: patience)
        #expect(!behindARecord)
    }
}
