import ExchangeSchema
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

@testable import Audit

/// Lost, or still on its way.
@Suite struct LaneJudgeTests {
    private let lane = Lane(sender: 0, target: 3)

    private func entry(_ number: Int64) -> CrossEntry {
        CrossEntry(
            JournalLeaf(
                decision: .sent, type: 1, reason: 0, topic: 255, partition: -1, offset: -1,
                message: MessageIdentifier(.facilityRecord, record: .stored(number), revision: 1), cause: .none,
                time: 1, digest: PayloadDigest(of: [1])), number: number, party: 0)
    }

    private func overtaken(_ judge: LaneJudge, width: Int) -> [Int64] {
        var found: [Int64] = []
        judge.forEachMissed(width: { _ in width }, { if $0.isOvertaken { found.append($0.number) } })
        return found
    }

    @Test func aMessageIsLostWhenLaterOnesHaveArrivedInEveryPartition() {
        var judge = LaneJudge()
        for number in [5, 10, 20] as [Int64] { judge.missed(entry(number), in: lane) }
        judge.arrived(15, in: lane, partition: 0)
        #expect(overtaken(judge, width: 1) == [5, 10])
        #expect(overtaken(judge, width: 2) == [])
        judge.arrived(7, in: lane, partition: 1)
        judge.arrived(6, in: lane, partition: 1)
        #expect(overtaken(judge, width: 2) == [5])
        judge.arrived(99, in: Lane(sender: 1, target: 3), partition: 1)
        #expect(overtaken(judge, width: 2) == [5])
    }

    @Test func whatStandsWhereTheReaderHasNotComeIsNotLost() {
        var judge = LaneJudge()
        judge.missed(entry(5), in: lane, isAhead: true)
        judge.arrived(15, in: lane, partition: 0)
        #expect(overtaken(judge, width: 1) == [])
    }

    @Test func whatIsNotKeptWholeIsJudgedToo() {
        var judge = LaneJudge(mostWhole: 2)
        for number in 0..<10 as Range<Int64> { judge.missed(entry(number), in: lane) }
        judge.arrived(7, in: lane, partition: 0)
        #expect(overtaken(judge, width: 1) == Array(0..<7))
        var whole = 0
        var all = 0
        judge.forEachMissed(width: { _ in 1 }) { missed in
            all += 1
            if missed.entry != nil { whole += 1 }
        }
        #expect(all == 10 && whole == 2)
    }

    @Test func aListCountsWhatItDoesNotName() {
        var list = FindingList()
        for _ in 0..<300 { list.add(.missing, "moh", "x") }
        for _ in 0..<50 { list.count(.missing, "moh") }
        #expect(list.findings.count == 200 && list.total == 350)
    }
}
