import CoreTestSupport
import ExchangeSchema
import LocalityParty
import PartyCore
import Testing
import Vocabulary

/// Each row of the table at ``LocalityCore``.
@Suite struct LocalityCoreTests {
    private func entry(_ record: RecordIdentifier, province: String = "01", revision: UInt32 = 1) -> BookEntry {
        var entry = BookEntry()
        entry.recordID = record.description
        entry.revision = revision
        entry.citizenNumber = "001085000001"
        entry.residentProvince = province
        return entry
    }

    @Test func theEntryOfAResidentIsTakenInAndCounted() throws {
        var rig = Rig(LocalityCore(provinces: ["01", "79"]))
        #expect(try rig.receive(entry(.sample(1)), .sample(1)) == Verdict(.accepted))
        #expect(try rig.receive(entry(.sample(2), province: "79"), .sample(2)) == Verdict(.accepted))
        #expect(try rig.receive(entry(.sample(3), province: "79"), .sample(3)) == Verdict(.accepted))
        #expect(rig.figures.sharedByProvince == ["01": 1, "79": 2] && rig.ledger.shared == 3)
        #expect(rig.state.record(.sample(2)) == LocalityRecord(revision: 1, province: 79, citizenNumber: 1_085_000_001))
        #expect(rig.takeSent().isEmpty)
        try rig.checkRows()
    }

    /// What goes into the warehouse: the entry as it came, once.
    @Test func whatIsTakenInGoesIntoTheWarehouseOnce() throws {
        var rig = Rig(LocalityCore(provinces: ["01"]))
        try rig.receive(entry(.sample(1)), .sample(1))
        try rig.receive(entry(.sample(1)), .sample(1))
        try rig.receive(entry(.sample(2), province: "79"), .sample(2))
        let changes = rig.readModelChanges
        #expect(changes.changes.map(\.record) == [.sample(1)] && changes.changes.map(\.kind) == [.entry])
        let change = try #require(changes.changes.first)
        #expect(change.subject == 1_085_000_001 && change.revision == 1)
        #expect(Array(changes.content(of: change)) == entry(.sample(1)).encoded)
    }

    @Test func theEntryOfAnotherLocalitysResidentIsLeftAlone() throws {
        var rig = Rig(LocalityCore(provinces: ["79"]))
        #expect(try rig.receive(entry(.sample(1)), .sample(1)) == Verdict(.notAddressed))
        #expect(rig.ledger == Ledger() && rig.state.records.isEmpty)
    }

    @Test func withoutAFilterEveryProvinceIsServed() throws {
        var rig = Rig(LocalityCore())
        for (index, province) in Province.all.enumerated() {
            let record = RecordIdentifier.sample(UInt64(index))
            #expect(try rig.receive(entry(record, province: province.code), record).decision == .accepted)
        }
        #expect(rig.figures.sharedByProvince.count == 34 && rig.ledger.shared == 34)
    }

    @Test func copiesAndEarlierRevisionsHaveNoEffect() throws {
        var rig = Rig(LocalityCore())
        try rig.receive(entry(.sample(1), revision: 2), .sample(1), revision: 2)
        #expect(try rig.receive(entry(.sample(1), revision: 2), .sample(1), revision: 2).decision == .duplicate)
        #expect(try rig.receive(entry(.sample(1)), .sample(1)).decision == .stale)
        #expect(rig.ledger.shared == 1 && rig.figures.sharedByProvince == ["01": 1])
    }

    @Test func aLaterRevisionTakesThePlaceOfTheEarlierOne() throws {
        var rig = Rig(LocalityCore())
        try rig.receive(entry(.sample(1)), .sample(1))
        var later = entry(.sample(1), revision: 2)
        later.residentProvince = "79"
        #expect(try rig.receive(later, .sample(1), revision: 2) == Verdict(.accepted))
        #expect(rig.ledger.shared == 1 && rig.ledger.submitted == 1 && rig.figures.book.superseded == 1)
        #expect(rig.figures.sharedByProvince == ["79": 1])
        try rig.checkRows()
    }

    @Test(arguments: [true, false]) func whatIsWithdrawnLeavesTheBooksInAnyOrder(entryFirst: Bool) throws {
        var rig = Rig(LocalityCore())
        var end = entry(.sample(1), revision: 2)
        end.withdrawn = true
        if entryFirst { try rig.receive(entry(.sample(1)), .sample(1)) }
        #expect(try rig.receive(end, .sample(1), revision: 2) == Verdict(.withdrawn, .facilityWithdrew))
        if !entryFirst { #expect(try rig.receive(entry(.sample(1)), .sample(1)).decision == .stale) }
        #expect(try rig.receive(end, .sample(1), revision: 2).decision == .duplicate)
        #expect(rig.ledger.withdrawn == 1 && rig.ledger.shared == 0 && rig.figures.sharedByProvince == [:])
        try rig.checkRows()
    }

    static let broken: [@Sendable (inout BookEntry) -> Void] = [
        { $0.recordID = RecordIdentifier.sample(2).description },
        { $0.citizenNumber = "" },
        { $0.citizenNumber = "99" },
        { $0.residentProvince = "" },
        { $0.residentProvince = "02" },
        { $0.residentProvince = "1" },
        { $0.residentProvince = "+1" },
    ]

    @Test(arguments: broken.indices) func whatCannotBeReadIsADeadLetter(index: Int) throws {
        var rig = Rig(LocalityCore())
        var entry = entry(.sample(1))
        Self.broken[index](&entry)
        #expect(try rig.receive(entry, .sample(1)).decision == .unreadable)
        #expect(try rig.receive(SentMessage(unreadable: .bookEntry, .sample(1))).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 2 && rig.ledger.submitted == 0 && rig.state.records.isEmpty)
    }

    @Test func messagesForOthersAreLeftAlone() throws {
        var rig = Rig(LocalityCore())
        #expect(try rig.receive(Correction(), .sample(1)).decision == .notAddressed)
    }

    @Test func storedFormKeepsEverything() {
        let record = LocalityRecord(revision: .max, province: 96, citizenNumber: 999_999_999_999)
        #expect(LocalityRecord(words: record.words) == record)
        #expect(LocalityRecord(words: RecordWords(1, 0, 0, 0, 0)) == nil)
    }
}
