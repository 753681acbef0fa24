import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// Somebody reads a book by a door: who asked is noted with the answer, and nobody gets more than may be had.
@Suite struct BookReadingTests {
    private static let elsewhere = "79013"
    private let an = SamplePeople.an.registered.citizenNumber
    private let answers = MoHAnswers()

    private func rig(_ register: (any FacilityRegistry)? = nil) throws -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: .moh2024, facilities: register))
        rig.readModel = HealthBooks()
        for (number, facility) in [(UInt64(1), "01013"), (2, Self.elsewhere)] {
            var visit = SampleVisit(.sample(number))
            visit.facilityCode = facility
            visit.insurance.maCskcb = facility
            visit.insurance.tTongchiBv = "120000"
            visit.clinical.maTtdv = "0123456789"
            try rig.receive(visit.facilityRecord(), visit.record)
            try rig.receive(answers.covered(visit.record), visit.record)
            try rig.receive(answers.match(visit.record), visit.record)
        }
        _ = rig.takeSent()
        return rig
    }

    private func request(_ change: (inout ReadBook) -> Void = { _ in }) -> ReadBook {
        var request = ReadBook()
        request.requestID = RecordIdentifier.sample(99).description
        request.citizenNumber = an.description
        request.purpose = "khám lại"
        change(&request)
        return request
    }

    private func read(
        _ request: ReadBook, _ rig: inout Rig<MoHCore>
    ) throws -> (verdict: Verdict, extract: BookExtract) {
        let answer = try rig.obey(
            .readBook, request.encoded, identity: MessageIdentifier(.sample(UInt64(request.encoded.count) + 1_000)))
        return (answer.verdict, try BookExtract(decoding: answer.bytes))
    }

    private func inquiries(_ rig: Rig<MoHCore>) throws -> [HistoryInquiry] {
        var books = HealthBooks()
        books.apply(rig.readModelChanges)
        return try #require(try books.book(of: an)).inquiries.map(\.inquiry)
    }

    @Test func aFacilityReadsWhatASharedHistoryTellsIt() throws {
        var rig = try rig()
        rig.now = 7_000
        let before = rig.ledger
        let (verdict, extract) = try read(
            request {
                $0.facilityCode = "01013"
                $0.officer = "BS. Trần Thị B"
            }, &rig)
        #expect(verdict == Verdict(.obeyed) && extract.refusalCode.isEmpty && extract.answeredAt == 7_000)
        #expect(extract.visits.flatMap(\.sources).map(\.facilityCode) == [Self.elsewhere])
        #expect(!extract.hasPerson && extract.formerNumbers.isEmpty && extract.visits[0].stay.maTheBhyt.isEmpty)
        #expect(extract.firstNumber == an.description && extract.citizenNumber == an.description)
        let noted = try inquiries(rig)
        #expect(noted.map(\.facilityCode) == ["01013"] && noted.map(\.visits) == [1] && noted[0].reader.isEmpty)
        #expect(noted[0].purpose == "khám lại" && noted[0].officer == "BS. Trần Thị B")
        #expect(rig.ledger == before && rig.takeSent().isEmpty, "nothing is sent: the answer goes to the caller")
    }

    @Test func theMinistryReadsTheBookAndNoMoneyOfIt() throws {
        var rig = try rig()
        let (_, extract) = try read(request(), &rig)
        #expect(extract.visits.count == 2 && extract.person.hoTen == SamplePeople.an.registered.fullName)
        #expect(extract.visits.allSatisfy { $0.stay.maTheBhyt == SamplePeople.an.card })
        #expect(extract.visits.allSatisfy { $0.stay.tTongchiBv.isEmpty && $0.stay.tBhtt.isEmpty })
        #expect(extract.visits.allSatisfy { $0.clinical.maTtdv.isEmpty })
        #expect(try inquiries(rig).map(\.reader) == ["ministry"])
    }

    @Test(arguments: [("01", ""), ("79", "moh.not-its-patient")])
    func aProvinceReadsOfItsResidents(province: String, code: String) throws {
        var rig = try rig()
        let (_, extract) = try read(request { $0.province = province }, &rig)
        #expect(extract.refusalCode == code && extract.hasPerson == code.isEmpty)
        #expect(extract.visits.count == (code.isEmpty ? 2 : 0))
        let noted = try inquiries(rig)
        #expect(noted.map(\.reader) == ["province \(province)"] && noted.map(\.refusalCode) == [code])
    }

    /// Where somebody lives C06 says, and the newest of what it said.
    @Test func whoHasMovedBelongsToTheOtherProvince() throws {
        var rig = try rig()
        var note = PersonNote()
        _ = note.move(to: 79, on: 20_260_101)
        KnownPeople.set(note, of: an.number, in: &rig.state)
        #expect(try read(request { $0.province = "01" }, &rig).extract.refusalCode == "moh.not-its-patient")
        #expect(try read(request { $0.province = "79" }, &rig).extract.refusalCode.isEmpty)
    }

    static let refusals: [(String, @Sendable (inout ReadBook) -> Void)] = [
        ("moh.purpose-missing", { $0.purpose = " " }), ("moh.purpose-missing", { $0.purpose = "a\nb" }),
        ("moh.citizen-number-malformed", { $0.citizenNumber = "12" }),
        ("moh.facility-malformed", { $0.facilityCode = "1" }), ("moh.province-unknown", { $0.province = "02" }),
        ("moh.unreadable", { $0.officer = String(repeating: "x", count: 101) }),
        ("moh.person-unknown", { $0.citizenNumber = "001099000001" }),
        ("moh.not-its-patient", { $0.facilityCode = "48013" }),
    ]

    @Test(arguments: refusals) func nothingIsGivenAndTheRuleIsNamed(
        code: String, change: @Sendable (inout ReadBook) -> Void
    ) throws {
        var rig = try rig()
        let (verdict, extract) = try read(request(change), &rig)
        #expect(verdict.decision == .obeyed && extract.refusalCode == code && !extract.rule.isEmpty)
        #expect(extract.visits.isEmpty && extract.vaccinations.isEmpty && !extract.hasPerson)
        #expect(try inquiries(rig).map(\.refusalCode) == (code == "moh.not-its-patient" ? [code] : []))
    }

    @Test func whereNobodyKeepsABookThereIsAnAnswerToo() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        #expect(try read(request(), &rig).extract.refusalCode == "moh.no-book")
        let unreadable = try rig.obey(.readBook, [0xFF])
        #expect(unreadable.verdict.decision == .notAddressed)
    }

    @Test func theSameRequestAgainIsNotedOnce() throws {
        var rig = try rig()
        for _ in 0..<2 { #expect(try read(request(), &rig).extract.visits.count == 2) }
        #expect(try inquiries(rig).count == 1)
    }
}
