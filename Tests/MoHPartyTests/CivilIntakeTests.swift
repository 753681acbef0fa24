import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH makes of what happens to people: taken in once, the newest by date, and records handed over.
@Suite struct CivilIntakeTests {
    private static let number = "001085000001"
    private static let renumbered = "001085900001"
    private let answers = MoHAnswers()

    private func rig() -> Rig<MoHCore> { Rig(MoHCore(duties: .moh2024, handsOver: true)) }

    private func share(_ record: UInt64, _ rig: inout Rig<MoHCore>) throws -> BookEntry {
        let record = RecordIdentifier.sample(record)
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(answers.covered(record), record)
        _ = rig.takeSent()
        try rig.receive(answers.match(record), record)
        return try #require(rig.takeSent().first).decoded()
    }

    static func change(
        _ kind: CivilChangeKind, _ day: String, number: String = number,
        _ change: (inout CivilStatusChange) -> Void = { _ in }
    ) -> SentMessage {
        var message = CivilStatusChange()
        (message.kind, message.happenedOn, message.citizenNumber) = (kind, day, number)
        change(&message)
        var sent = SentMessage(message, RecordIdentifier(high: 0, low: 0))
        sent.head.message = MessageIdentifier(.civilStatus, about: message.protoJSON)
        return sent
    }

    static func moved(_ day: String, to province: String, number: String = number) -> SentMessage {
        change(.moved, day, number: number) { ($0.province, $0.formerProvince) = (province, "01") }
    }

    static let reissue = change(.numberReissued, "20250801", number: renumbered) { $0.formerNumber = number }

    @Test func aMoveHandsWhatIsInTheBookToTheNewProvinceAndTellsTheOldOne() throws {
        var rig = rig()
        #expect(try share(1, &rig).residentProvince == "01")
        #expect(try rig.receive(Self.moved("20250710", to: "48")) == Verdict(.accepted))
        try rig.advance()
        let sent = rig.takeSent()
        let handovers = try sent.map { try $0.decoded() as BookHandover }
        #expect(handovers.map(\.addressedProvince) == ["48", "01"])
        #expect(Set(sent.map(\.head.message)).count == 2 && sent.allSatisfy { $0.head.record == .sample(1) })
        for handover in handovers {
            #expect(handover.recordID == RecordIdentifier.sample(1).description && handover.revision == 1)
            #expect(handover.residentProvince == "48" && handover.formerProvince == "01")
            #expect(handover.citizenNumber == Self.number && handover.formerNumber.isEmpty)
            #expect(handover.movedOn == "20250710")
        }
        #expect(sent.allSatisfy { $0.key == Self.number } && rig.figures.civil.handovers == 2)
        // What is shared from now on goes to the new province at once, and is not handed over.
        #expect(try share(2, &rig).residentProvince == "48")
        try rig.advance()
        #expect(rig.takeSent().isEmpty && rig.figures.civil.due.isEmpty)
        try rig.checkRows()
    }

    @Test func aNewNumberTakesTheRecordsOfTheOldOne() throws {
        var rig = rig()
        #expect(try share(1, &rig).citizenNumber == Self.number)
        #expect(try rig.receive(Self.reissue) == Verdict(.accepted))
        try rig.advance()
        let handover: BookHandover = try #require(rig.takeSent().first).decoded()
        #expect(handover.citizenNumber == Self.renumbered && handover.formerNumber == Self.number)
        #expect(handover.residentProvince == "01" && handover.formerProvince.isEmpty)
        #expect(handover.addressedProvince == "01" && handover.numberSince == "20250801")
        #expect(try share(2, &rig).citizenNumber == Self.renumbered, "C06 answered with the old one before it reported")
        // A move under the new number finds the record that came under the old one.
        try rig.receive(Self.moved("20250901", to: "79", number: Self.renumbered))
        try rig.advance()
        #expect(
            try rig.takeSent().map { try ($0.decoded() as BookHandover).addressedProvince } == ["79", "01", "79", "01"])
    }

    @Test func copiesAndWhatIsOlderByDateChangeNothing() throws {
        var rig = rig()
        _ = try share(1, &rig)
        #expect(try rig.receive(Self.moved("20250710", to: "48")).decision == .accepted)
        #expect(try rig.receive(Self.moved("20250710", to: "48")).decision == .duplicate)
        #expect(try rig.receive(Self.moved("20250709", to: "79")).decision == .stale)
        try rig.advance()
        #expect(rig.takeSent().count == 2 && rig.figures.civil.changes == 2)
        #expect(rig.ledger.duplicatesIgnored == 1 && rig.ledger.staleIgnored == 1)
    }

    @Test func withoutAnybodyToHearOfItNothingIsHandedOver() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        _ = try share(1, &rig)
        #expect(try rig.receive(Self.moved("20250710", to: "48")).decision == .accepted)
        try rig.advance()
        #expect(rig.takeSent().isEmpty && rig.figures.civil.due.isEmpty)
    }

    @Test func aMoveInAnAnswerCountsAsOneReported() throws {
        var rig = rig()
        _ = try share(1, &rig)
        let record = RecordIdentifier.sample(2)
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(answers.covered(record), record)
        _ = rig.takeSent()
        var answer = answers.match(record)
        (answer.civilStatus, answer.movedToProvince, answer.movedOn) = (.moved, "48", "20250710")
        try rig.receive(answer, record)
        #expect(try (rig.takeSent()[0].decoded() as BookEntry).residentProvince == "48")
        try rig.advance()
        #expect(try (rig.takeSent()[0].decoded() as BookHandover).recordID == RecordIdentifier.sample(1).description)
    }

    /// Where everything ends, whatever the order: the province and the number of each record, and what is noted.
    private struct Outcome: Equatable {
        var places: [String]
        var death: CivilMoment?
        var missing: Int32
        /// The newest handover of each record to its present province.
        var told: Set<String>
    }

    static let story: [SentMessage] = [
        moved("20250710", to: "48"), moved("20250801", to: "79"), moved("20250725", to: "01"), reissue,
        moved("20250901", to: "92", number: renumbered), change(.died, "20251001", number: renumbered),
        change(.missing, "20250920"),
    ]

    private func outcome(seed: UInt64) throws -> Outcome {
        var generator = SeededGenerator(seed: seed)
        var rig = rig()
        var steps: [SentMessage?] = (Self.story + Self.story).map { $0 } + [nil, nil, nil, nil]
        steps.shuffle(using: &generator)
        var shared: UInt64 = 0
        for step in steps {
            if let step {
                try rig.receive(step)
            } else {
                shared += 1
                let record = RecordIdentifier.sample(shared)
                try rig.receive(SampleVisit(record).facilityRecord(), record)
                try rig.receive(answers.covered(record), record)
                try rig.receive(answers.match(record), record)
            }
            if Bool.random(using: &generator) { try rig.advance() }
        }
        try rig.advance()
        try rig.checkRows()
        var places: [String] = []
        var told: Set<String> = []
        for number in 1...shared {
            let record = try #require(rig.state.record(.sample(number)))
            places.append("\(record.book?.province ?? 0) \(record.book?.citizenNumber ?? 0)")
        }
        for message in rig.takeSent() {
            if message.head.type == .bookEntry {
                let entry: BookEntry = try message.decoded()
                if entry.residentProvince == "92", entry.citizenNumber == Self.renumbered {
                    told.insert(entry.recordID)
                }
            } else if message.head.type == .bookHandover {
                let handover: BookHandover = try message.decoded()
                if handover.addressedProvince == "92", handover.citizenNumber == Self.renumbered {
                    told.insert(handover.recordID)
                }
            }
        }
        let person = try KnownPeople.person(with: 1_085_000_001, in: &rig.state)
        return Outcome(places: places, death: person.note?.death, missing: person.note?.missingOn ?? 0, told: told)
    }

    @Test(arguments: 1...60) func anyOrderWithCopiesEndsAlike(seed: UInt64) throws {
        let outcome = try outcome(seed: seed)
        #expect(outcome.places == Array(repeating: "92 1085900001", count: 4))
        #expect(outcome.death == CivilMoment("20251001") && outcome.missing == 2025_09_20)
        #expect(outcome.told.count == 4, "the province where the person lives in the end is told of every record")
    }

    static let broken: [@Sendable (inout CivilStatusChange) -> Void] = [
        { $0.kind = .unspecified }, { $0.kind = .UNRECOGNIZED(9) }, { $0.citizenNumber = "1" },
        { $0.happenedOn = "" }, { $0.happenedOn = "20250700" }, { $0.happenedOn = "202507101200" },
        { $0.province = "99" }, { ($0.kind, $0.formerNumber) = (.numberReissued, "") },
        { ($0.kind, $0.formerNumber) = (.numberReissued, number) },
        { ($0.kind, $0.happenedOn) = (.died, "x") },
    ]

    @Test(arguments: broken.indices) func whatSaysNothingUsableIsADeadLetter(index: Int) throws {
        var rig = rig()
        let message = Self.change(.moved, "20250710") { change in
            change.province = "48"
            Self.broken[index](&change)
        }
        #expect(try rig.receive(message).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 1 && rig.figures.civil.changes == 0 && rig.state.notes.isEmpty)
        #expect(rig.deadLetters.allSatisfy { !$0.contains(Self.number) }, "reasons stand in logs")
    }

    @Test func aNoteKeepsEverything() {
        var note = PersonNote()
        (note.province, note.movedOn, note.missingOn) = (96, 9999_12_31, 9999_12_31)
        (note.replacedBy, note.former, note.numberSince) = (999_999_999_999, 1_085_000_001, 9999_12_31)
        for death in [nil, CivilMoment.unknown, CivilMoment("20250700"), CivilMoment("999912312359")] {
            note.death = death
            #expect(PersonNote(words: note.words) == note)
        }
    }
}
