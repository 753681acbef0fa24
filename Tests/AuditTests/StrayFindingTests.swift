import Audit
import ExchangeSchema
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

/// What no party of the topology sent is a finding, and no record.
@Suite struct StrayFindingTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    @Test func strayMessagesAreAFindingByTopicAndNoRecords() throws {
        let vss = try SmallParty("vss", exchange)
        try vss.setAside(12_000)
        try vss.setAside(8_000, partition: 1)
        try vss.close()
        let report = try exchange.verify()
        #expect(report.findings.map(\.kind) == [.stray] && !report.holds)
        let finding = try #require(report.findings.first)
        #expect(finding.party == "vss" && finding.leaf == 480)
        #expect(
            finding.text.contains("moh.records: vss has read 20000 messages that no party of the topology sent, since"))
        #expect(finding.text.contains("the first at moh.records/0@120") && finding.text.contains("in 2 leaves"))
        #expect(
            report.strays.map(\.strays) == [20_000] && report.strays.first?.until ?? 0 > report.strays.first?.since ?? 0
        )
        let reconciled = try exchange.reconcile()
        #expect(!reconciled.agrees && reconciled.text.contains("20000 messages that no party of the topology sent"))
        let figures = try #require(reconciled.figures.parties.first { $0.party == "vss" })
        #expect(figures.strays == 20_000 && figures.deadLetters == 0 && figures.leaves == 482)
        #expect(reconciled.figures.quality.deadLetters == 0 && reconciled.violations.isEmpty)
    }

    @Test func aLedgerThatHidesThemIsNoticed() throws {
        let vss = try SmallParty("vss", exchange)
        try vss.setAside(20_000, counted: 3)
        try vss.close()
        let kinds = Set(try exchange.verify().findings.map(\.kind))
        #expect(kinds == [.stray, .ledger])
    }

    /// Known by comparing the logs alone: moh never said that it sent them.
    @Test func messagesUnderAPartysNameAreCountedApart() throws {
        let vss = try SmallParty("vss", exchange)
        try vss.commit(receiving: [700, 701, 702].map { .init(.acceptedRecord, .stored($0)) })
        try vss.close()
        let report = try exchange.verify()
        #expect(report.findings.map(\.kind) == [.extra, .extra, .extra])
        #expect(report.strays.map(\.forged) == [3] && report.strays.map(\.strays) == [0])
        #expect(
            report.text.contains(
                "moh.records: vss has read 3 that bear a party's name and stand in no log of it, since"))
        #expect(try exchange.reconcile().text.contains("3 that bear a party's name"))
    }
}
