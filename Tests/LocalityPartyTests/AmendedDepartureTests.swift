import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import ProvinceWarehouse
import Testing

@testable import LocalityParty

/// Records whose amendment belongs to another province.
@Suite struct AmendedDepartureTests {
    private let record = RecordIdentifier.sample(1)

    private func entry(_ revision: UInt32, _ province: String) -> SentMessage {
        var entry = BookEntry()
        entry.recordID = record.description
        entry.revision = revision
        entry.citizenNumber = "001085000001"
        entry.residentProvince = province
        entry.administrative = .init(SampleVisit(record).administrative.encoded)
        entry.insurance = .init(SampleVisit(record).insurance.encoded)
        entry.clinical = .init(SampleVisit(record).clinical.encoded)
        return SentMessage(entry, record, revision: revision)
    }

    private func departure(_ revision: UInt32, from former: String, to province: String) -> SentMessage {
        HandoverIntakeTests.handover(to: province, from: former, on: "", addressed: former) {
            $0.revision = revision
            $0.amended = true
        }
    }

    private func standings(_ rig: Rig<LocalityCore>) -> [RevisionStanding] {
        var warehouse = ProvinceWarehouse()
        warehouse.apply(rig.readModelChanges)
        return warehouse.visits.map(\.standing)
    }

    /// The law goes on having it here; nobody who counts does.
    @Test(arguments: [true, false]) func whatGoesToAnotherProvinceCountsNoMoreInAnyOrder(entryFirst: Bool) throws {
        var rig = Rig(LocalityCore(provinces: ["01"]))
        let messages = [entry(1, "01"), departure(2, from: "01", to: "79")]
        for message in entryFirst ? messages : messages.reversed() { try rig.receive(message) }
        #expect(rig.ledger.shared == 1 && rig.figures.book.departed == 1 && rig.figures.sharedByProvince == [:])
        #expect(rig.figures.civil.handovers == 1 && rig.figures.civil.given == [:])
        #expect(standings(rig) == [.superseded])
        #expect(try messages.map { try rig.receive($0).decision } == [.duplicate, .duplicate])
        #expect(rig.figures.book.departed == 1)
        try rig.checkRows()
    }

    @Test func itMayComeBack() throws {
        var rig = Rig(LocalityCore(provinces: ["01"]))
        for message in [entry(1, "01"), departure(2, from: "01", to: "79"), entry(3, "01")] { try rig.receive(message) }
        #expect(rig.ledger.shared == 1 && rig.figures.book.departed == 0 && rig.figures.sharedByProvince == ["01": 1])
        #expect(rig.figures.book.superseded == 1 && standings(rig) == [.superseded, .current])
        // What was late is late.
        #expect(try rig.receive(departure(2, from: "01", to: "48")).decision == .accepted)
        #expect(rig.figures.book.departed == 0 && standings(rig) == [.superseded, .current])
        // And it may go again.
        #expect(try rig.receive(departure(4, from: "01", to: "79")).decision == .accepted)
        #expect(rig.figures.book.departed == 1 && standings(rig) == [.superseded, .superseded])
        try rig.checkRows()
    }

    /// Whoever serves both provinces has the new entry itself, and takes nothing out.
    @Test(arguments: [nil, ["01", "79"]] as [Set<String>?], [true, false])
    func whoeverServesBothKeepsIt(provinces: Set<String>?, departureFirst: Bool) throws {
        var rig = Rig(LocalityCore(provinces: provinces))
        try rig.receive(entry(1, "01"))
        let messages = [departure(2, from: "01", to: "79"), entry(2, "79")]
        for message in departureFirst ? messages : messages.reversed() {
            #expect(try rig.receive(message).decision == .accepted)
        }
        #expect(rig.ledger.shared == 1 && rig.figures.book.departed == 0 && rig.figures.sharedByProvince == ["79": 1])
        #expect(rig.figures.civil.handovers == 1 && standings(rig) == [.superseded, .current])
        try rig.checkRows()
    }

    @Test func onlyTheProvinceThatLosesARecordIsAddressed() throws {
        var rig = Rig(LocalityCore())
        let message = HandoverIntakeTests.handover(to: "79", from: "01", on: "") { $0.amended = true }
        #expect(try rig.receive(message).decision == .unreadable)
        #expect(rig.deadLetters.first?.contains("addressed_province") == true)
    }
}
