import CoreTestSupport
import ExchangeSchema
import PartyCore
import ProvinceWarehouse
import Testing
import Vocabulary

@testable import LocalityParty

/// What a locality makes of a count of its residents' books.
@Suite struct CoverageIntakeTests {
    static func notice(
        _ province: String, _ withBook: Int64, of residents: Int64, at time: Int64
    ) -> SentMessage {
        var notice = ProvinceCoverageNotice()
        (notice.province, notice.residents, notice.withBook, notice.countedAt) = (province, residents, withBook, time)
        let identifier = MessageIdentifier(.provinceCoverage, about: notice.protoJSON)
        var sent = SentMessage(notice, identifier.uuid)
        sent.head.message = identifier
        sent.key = province
        return sent
    }

    private func warehouse(_ rig: Rig<LocalityCore>) -> ProvinceWarehouse {
        var warehouse = ProvinceWarehouse()
        warehouse.apply(rig.readModelChanges)
        return warehouse
    }

    @Test func aCountIsNotedOnceAndCountsNoRecord() throws {
        var rig = Rig(LocalityCore())
        let notice = Self.notice("01", 8, of: 10, at: 500)
        #expect(try rig.receive(notice).decision == .accepted)
        #expect(try rig.receive(notice).decision == .duplicate)
        let counted = ProvinceCoverage(residents: 10, withBook: 8, countedAt: 500)
        #expect(rig.figures.coverage.provinces == ["01": counted] && warehouse(rig).coverage == ["01": counted])
        #expect(
            rig.ledger.submitted == 0 && rig.ledger.duplicatesIgnored == 1 && rig.readModelChanges.changes.count == 1)
        try rig.checkRows()
    }

    @Test(arguments: 1...20) func theLastCountStandsInAnyOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let story = [
            Self.notice("01", 5, of: 10, at: 100), Self.notice("01", 9, of: 11, at: 300),
            Self.notice("01", 7, of: 10, at: 200), Self.notice("79", 1, of: 2, at: 50),
        ]
        var rig = Rig(LocalityCore())
        for message in (story + story).shuffled(using: &generator) { try rig.receive(message) }
        let wanted = [
            "01": ProvinceCoverage(residents: 11, withBook: 9, countedAt: 300),
            "79": ProvinceCoverage(residents: 2, withBook: 1, countedAt: 50),
        ]
        #expect(rig.figures.coverage.provinces == wanted && warehouse(rig).coverage == wanted)
    }

    @Test func countsOfOtherProvincesAreNotItsBusiness() throws {
        var rig = Rig(LocalityCore(provinces: ["01"]))
        #expect(try rig.receive(Self.notice("79", 1, of: 2, at: 50)).decision == .notAddressed)
        #expect(rig.figures.coverage.provinces.isEmpty && rig.readModelChanges.changes.isEmpty)
    }

    @Test(
        arguments: [
            (notice("02", 1, of: 2, at: 5), "province is \"02\", no province code"),
            (notice("01", 3, of: 2, at: 5), "with_book is 3, not 0 to 2"),
            (notice("01", -1, of: 2, at: 5), "with_book is -1, not 0 to 2"),
            (SentMessage(unreadable: .provinceCoverage, .sample(1)), "its 2 bytes are no encoded message"),
        ])
    func whatCannotBeIsADeadLetter(message: SentMessage, rule: String) throws {
        var rig = Rig(LocalityCore())
        #expect(try rig.receive(message).decision == .unreadable)
        #expect(rig.deadLetters.count == 1 && rig.deadLetters[0].contains(rule), "\(rig.deadLetters)")
        #expect(rig.figures.coverage.provinces.isEmpty && rig.readModelChanges.changes.isEmpty)
    }
}
