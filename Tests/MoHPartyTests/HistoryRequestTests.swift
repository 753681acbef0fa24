import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthBook
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// A facility asks MoH for the shared history of a patient.
@Suite struct HistoryRequestTests {
    private static let elsewhere = "79013"
    private let an = SamplePeople.an.registered.citizenNumber
    private let answers = MoHAnswers()

    static func request(_ number: UInt64 = 9, _ change: (inout HistoryRequest) -> Void = { _ in }) -> HistoryRequest {
        var request = HistoryRequest()
        request.requestID = RecordIdentifier.sample(number).description
        request.facilityCode = "01013"
        request.citizenNumber = SamplePeople.an.registered.citizenNumber.description
        request.purpose = "khám lại"
        request.officer = "BS. Trần Thị B"
        request.askedAt = 500
        change(&request)
        return request
    }

    private func rig(_ duties: Duties = .moh2024, _ register: (any FacilityRegistry)? = nil) -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: duties, facilities: register))
        rig.readModel = HealthBooks()
        return rig
    }

    /// Has a visit shared.
    private func share(_ visit: SampleVisit, revision: UInt32 = 1, in rig: inout Rig<MoHCore>) throws {
        try rig.receive(visit.facilityRecord(revision: revision), visit.record, revision: revision)
        try rig.receive(answers.covered(visit.record, revision: revision), visit.record, revision: revision)
        try rig.receive(answers.match(visit.record, revision: revision), visit.record, revision: revision)
        _ = rig.takeSent()
    }

    private func visit(_ number: UInt64, at facility: String, diagnosis: String = "J06.9") -> SampleVisit {
        var visit = SampleVisit(.sample(number))
        visit.facilityCode = facility
        visit.insurance.maCskcb = facility
        visit.clinical.maBenhChinh = diagnosis
        return visit
    }

    private func ask(
        _ request: HistoryRequest, _ rig: inout Rig<MoHCore>
    ) throws -> (verdict: Verdict, history: SharedHistory?) {
        let identifier = try #require(RecordIdentifier(request.requestID))
        let verdict = try rig.receive(request, identifier, source: "/" + request.facilityCode)
        let sent = rig.takeSent()
        #expect(sent.allSatisfy { $0.head.record == identifier && $0.head.type == .sharedHistory } && sent.count < 2)
        return (verdict, try sent.first?.decoded())
    }

    @Test func whatStandsElsewhereIsToldAndTheBookNotesWhoAskedAndWhy() throws {
        var rig = rig()
        try share(visit(1, at: "01013"), in: &rig)
        try share(visit(2, at: Self.elsewhere, diagnosis: "I10"), in: &rig)
        let before = rig.ledger
        rig.now = 7_000
        let (verdict, answer) = try ask(Self.request(), &rig)
        let history = try #require(answer)
        #expect(verdict == Verdict(.accepted) && history.refusalCode.isEmpty && history.answeredAt == 7_000)
        #expect(history.visits.flatMap(\.sources).map(\.facilityCode) == [Self.elsewhere])
        #expect(history.visits.map(\.clinical.maBenhChinh) == ["I10"] && history.citizenNumber == an.description)
        #expect(rig.ledger == before, "a request is no record")

        var books = HealthBooks()
        books.apply(rig.readModelChanges)
        let inquiries = try #require(try books.book(of: an)).inquiries
        #expect(inquiries.map(\.inquiry.officer) == ["BS. Trần Thị B"] && inquiries.map(\.time) == [7_000])
        #expect(inquiries.map(\.inquiry.purpose) == ["khám lại"] && inquiries.map(\.inquiry.visits) == [1])
        try rig.checkRows()
    }

    /// Before C06 has confirmed the person, and after the visit was taken back, it is no ground.
    @Test func aVisitOnItsWayOrTakenBackMakesNobodyAPatient() throws {
        var rig = rig()
        try share(visit(2, at: Self.elsewhere), in: &rig)
        let own = visit(1, at: "01013")
        #expect(try ask(Self.request(1), &rig).history?.refusalCode == "moh.not-its-patient")
        try rig.receive(own.facilityRecord(), own.record)
        _ = rig.takeSent()
        #expect(try ask(Self.request(2), &rig).history?.refusalCode == "moh.not-its-patient")
        try rig.receive(answers.covered(own.record), own.record)
        try rig.receive(answers.match(own.record), own.record)
        _ = rig.takeSent()
        #expect(try ask(Self.request(3), &rig).history?.visits.count == 1)
        // An amendment on its way leaves the visit in the book.
        try rig.receive(own.facilityRecord(revision: 2), own.record, revision: 2)
        _ = rig.takeSent()
        #expect(try ask(Self.request(4), &rig).history?.visits.count == 1)
        var end = own.facilityRecord(revision: 3)
        (end.administrative, end.insurance, end.clinical) = (.init(), .init(), .init())
        end.withdrawal.reason = "nhầm"
        try rig.receive(end, own.record, revision: 3)
        _ = rig.takeSent()
        #expect(try ask(Self.request(5), &rig).history?.refusalCode == "moh.not-its-patient")
    }

    static let refusals: [(String, ReasonCode, @Sendable (inout HistoryRequest) -> Void)] = [
        ("no purpose", .mohPurposeMissing, { $0.purpose = "" }),
        ("a blank purpose", .mohPurposeMissing, { $0.purpose = " \u{A0} " }),
        ("two lines", .mohPurposeMissing, { $0.purpose = "a\nb" }),
        ("what cannot be seen", .mohPurposeMissing, { $0.purpose = "a\u{202E}b" }),
        ("too long", .mohPurposeMissing, { $0.purpose = String(repeating: "x", count: 501) }),
        ("an officer of two lines", .mohUnreadable, { $0.officer = "A\nB" }),
        ("a long officer", .mohUnreadable, { $0.officer = String(repeating: "x", count: 101) }),
        ("no number", .mohCitizenNumberMalformed, { $0.citizenNumber = "" }),
        ("eleven digits", .mohCitizenNumberMalformed, { $0.citizenNumber = "00108500000" }),
        ("no facility", .mohFacilityMalformed, { $0.facilityCode = "" }),
        ("four digits", .mohFacilityMalformed, { $0.facilityCode = "0101" }),
        ("nobody's number", .mohPersonUnknown, { $0.citizenNumber = "001085999999" }),
        ("a stranger", .mohNotItsPatient, { $0.facilityCode = "48013" }),
    ]

    @Test(arguments: refusals.indices, [Duties.moh2024, .moh2026]) func eachRefusalHasItsReason(
        index: Int, duties: Duties
    ) throws {
        let (name, reason, change) = Self.refusals[index]
        var rig = Rig(MoHCore(duties: duties))
        var told = BookChanges()
        told.share(visit(1, at: "01013"), of: an.number, at: 1_000)
        told.share(visit(2, at: Self.elsewhere), of: an.number, at: 1_000)
        var books = HealthBooks()
        books.apply(told.changes)
        rig.readModel = books
        let before = rig.ledger
        let (verdict, answer) = try ask(Self.request(9, change), &rig)
        let history = try #require(answer, "\(name)")
        #expect(history.refusalCode == reason.text && !history.rule.isEmpty && history.visits.isEmpty, "\(name)")
        #expect(!history.rule.contains("001085"), "no number of a person is repeated")
        // What the book decides is no verdict of the core's.
        let isOfTheBook = [.mohPersonUnknown, .mohNotItsPatient].contains(reason)
        #expect(verdict == (isOfTheBook ? Verdict(.accepted) : Verdict(.refused, reason)), "\(name)")
        #expect(rig.ledger == before)
        // Only where somebody has a book is there one to note it in.
        let noted = rig.readModelChanges.changes.map(\.kind)
        #expect(noted == (reason == .mohNotItsPatient ? [.inquiry] : []), "\(name)")
        // In good order it is answered.
        #expect(try ask(Self.request(10), &rig).history?.visits.count == 1)
    }

    @Test func aFacilityThatIsNotOnTheRegisterIsTold() throws {
        struct Register: FacilityRegistry {
            func facility(_ code: FacilityCode) throws -> RegisteredFacility? {
                guard let hanoi = Province(code: "01"), code.number != 1_015 else { return nil }
                return RegisteredFacility(
                    code: code, identifier: nil, province: hanoi, kind: .hospital, isConnected: code.number == 1_013,
                    hasElectronicRecords: true, namesPractitioners: false)
            }
            func hasPractitioner(_ certificate: String, at code: FacilityCode) throws -> Bool { true }
        }
        var rig = rig(.moh2024, Register())
        for (code, reason) in [("01014", ReasonCode.mohFacilityNotConnected), ("01015", .mohFacilityUnknown)] {
            let request = Self.request(UInt64(code) ?? 0) { $0.facilityCode = code }
            #expect(try ask(request, &rig).verdict == Verdict(.refused, reason))
        }
    }

    /// On the route of April 2024 nobody reads the tables on their way. What a facility has sent there must not stop MoH when
    /// another asks about the person.
    @Test func tablesThatCannotBeReadAreARefusalAndNoFault() throws {
        var rig = rig()
        try share(visit(1, at: "01013"), in: &rig)
        let bad = visit(2, at: Self.elsewhere)
        var record = bad.facilityRecord()
        record.clinicalDetails = .init([0xFF, 0xFF])
        try rig.receive(record, bad.record)
        try rig.receive(answers.covered(bad.record), bad.record)
        try rig.receive(answers.match(bad.record), bad.record)
        _ = rig.takeSent()
        #expect(rig.ledger.shared == 2)
        let (verdict, history) = try ask(Self.request(), &rig)
        #expect(verdict == Verdict(.accepted) && history?.refusalCode == "moh.no-book")
    }

    @Test func oneRequestIsAnsweredOnceWhateverItSaysTheSecondTime() throws {
        var rig = rig()
        try share(visit(1, at: "01013"), in: &rig)
        #expect(try ask(Self.request(), &rig).history != nil)
        let again = try ask(Self.request(9) { $0.purpose = "khác" }, &rig)
        #expect(again.verdict == Verdict(.duplicate) && again.history == nil)
        #expect(rig.ledger.duplicatesIgnored == 1)
        #expect(rig.readModelChanges.changes.count { $0.kind == .inquiry } == 1)
    }

    /// Whoever writes the topic chooses the identifiers: they reach no note about a person.
    @Test func noIdentifierReachesWhatMoHKnowsOfPeople() throws {
        var rig = rig()
        let identifier = RecordIdentifier(high: 0, low: an.number)
        let request = Self.request(9) { $0.requestID = identifier.description }
        try rig.receive(request, identifier)
        #expect(rig.state.note(identifier) == nil)
    }

    @Test func whatIsNoRequestGoesToTheDeadLetters() throws {
        var rig = rig()
        #expect(try rig.receive(SentMessage(unreadable: .historyRequest, .sample(9))).decision == .unreadable)
        #expect(try rig.receive(Self.request(8), .sample(9)).decision == .unreadable)
        #expect(rig.deadLetters.count == 2 && rig.deadLetters[1].contains("request_id"))
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 0)
    }
}
