import PartyCore
import Testing

@testable import PartyRuntime
@testable import Supervision

/// What `cycle status` says of one party.
@Suite struct PartyLineTests {
    private func line(
        age: Double, process: Int32? = 7, isIdle: Bool = true, unread: Int64? = 0, misplaced: Int64 = 0
    ) -> ExchangeStatus.PartyLine {
        let report = StatusReport(
            party: "vss", writtenAt: 1_000_000, isIdle: isIdle, books: .init(), hops: [], journalLeaves: 0,
            unconfirmed: 0, oldestPendingSince: nil, firstSharedAt: 0, lastChangeAt: 0, misplaced: misplaced)
        return ExchangeStatus.PartyLine("vss", process: process, report, now: 1_000 + age, unread: unread)
    }

    @Test func aFreshReportIsBelieved() {
        #expect(line(age: 0.3).standing == "yes" && line(age: 0.3).silentSeconds == nil)
        #expect(line(age: 0.3, isIdle: false).standing == "no")
    }

    /// As one stopped by SIGSTOP, or stuck: its process is there and its report is old.
    @Test func anOldReportIsNoSign() {
        let silent = line(age: 12.4)
        #expect(silent.standing == "no sign for 12 s" && !silent.isIdle)
    }

    @Test func aPartyThatDoesNotRunIsNotSilent() {
        #expect(line(age: 500, process: nil).silentSeconds == nil)
    }

    @Test func whatLayInAnotherPartitionIsCounted() {
        #expect(line(age: 0.1).misplacement == nil)
        var party = line(age: 0.1, misplaced: 12)
        #expect(party.misplacement == "vss: messages in another partition than their key's: 12, taken in all the same")
        party.instances = [7, 8]
        #expect(party.misplacement?.hasSuffix(": 12, handed on to the stores that they belong to") == true)
    }

    @Test func whoHasSomethingToReadIsNotIdle() {
        #expect(line(age: 0.1, unread: 3).standing == "no")
        #expect(line(age: 0.1, unread: nil).standing == "yes")
    }
}
