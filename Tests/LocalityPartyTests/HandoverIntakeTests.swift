import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import LocalityParty

/// What a locality makes of records that pass on.
@Suite struct HandoverIntakeTests {
    private static let record = RecordIdentifier.sample(1)

    static func handover(
        to province: String, from former: String, on day: String, addressed: String? = nil,
        _ change: (inout BookHandover) -> Void = { _ in }
    ) -> SentMessage {
        var message = BookHandover()
        (message.recordID, message.revision, message.citizenNumber) = (record.description, 1, "001085000001")
        (message.residentProvince, message.formerProvince, message.movedOn) = (province, former, day)
        message.addressedProvince = addressed ?? province
        change(&message)
        var sent = SentMessage(message, record)
        sent.head.message = MessageIdentifier(.bookHandover, about: message.protoJSON)
        return sent
    }

    private func note(_ rig: Rig<LocalityCore>) throws -> HandoverNote {
        HandoverNote(words: try #require(rig.state.note(Self.record)))
    }

    @Test func bothProvincesAreToldOnceAndTheLawCountsNeitherAgain() throws {
        var rig = Rig(LocalityCore())
        let messages = [
            Self.handover(to: "48", from: "01", on: "20250710"),
            Self.handover(to: "48", from: "01", on: "20250710", addressed: "01"),
        ]
        #expect(
            try (messages + messages).map { try rig.receive($0).decision } == [
                .accepted, .accepted, .duplicate, .duplicate,
            ])
        #expect(rig.figures.civil.received == ["48": 1] && rig.figures.civil.given == ["01": 1])
        #expect(rig.figures.civil.handovers == 2 && rig.ledger.submitted == 0)
        #expect(
            try note(rig)
                == HandoverNote(
                    province: 48, movedOn: 2025_07_10, citizenNumber: 1_085_000_001, numberSince: 0))
        try rig.checkRows()
    }

    @Test func aLocalityTakesInWhatIsAddressedToItsProvincesOnly() throws {
        var rig = Rig(LocalityCore(provinces: ["48"]))
        #expect(
            try rig.receive(Self.handover(to: "48", from: "01", on: "20250710", addressed: "01")).decision
                == .notAddressed)
        #expect(try rig.receive(Self.handover(to: "48", from: "01", on: "20250710")).decision == .accepted)
        #expect(rig.figures.civil.received == ["48": 1] && rig.figures.civil.given.isEmpty)
    }

    @Test(arguments: 1...30) func theNewestByDateStandsInAnyOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let story = [
            Self.handover(to: "48", from: "01", on: "20250710"), Self.handover(to: "79", from: "48", on: "20250801"),
            Self.handover(to: "01", from: "79", on: "20250901"),
            Self.handover(to: "79", from: "", on: "20250801") {
                ($0.citizenNumber, $0.formerNumber, $0.numberSince) = ("001085900001", "001085000001", "20250815")
            },
        ]
        var rig = Rig(LocalityCore())
        for message in (story + story).shuffled(using: &generator) { try rig.receive(message) }
        #expect(
            try note(rig)
                == HandoverNote(
                    province: 1, movedOn: 2025_09_01, citizenNumber: 1_085_900_001, numberSince: 2025_08_15))
    }

    static let broken: [@Sendable (inout BookHandover) -> Void] = [
        { $0.citizenNumber = "x" }, { $0.residentProvince = "99" }, { $0.addressedProvince = "79" },
        { $0.movedOn = "20250700" }, { $0.numberSince = "2025" }, { $0.revision = 0 },
        { $0.recordID = RecordIdentifier.sample(2).description },
    ]

    @Test(arguments: broken.indices) func whatSaysNothingUsableIsADeadLetter(index: Int) throws {
        var rig = Rig(LocalityCore())
        let message = Self.handover(to: "48", from: "01", on: "20250710", Self.broken[index])
        #expect(try rig.receive(message).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 1 && rig.figures.civil.handovers == 0 && rig.state.notes.isEmpty)
    }
}
