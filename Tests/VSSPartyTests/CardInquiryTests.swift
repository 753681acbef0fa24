import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing

@testable import VSSParty

/// Questions about cards: each row of the table at `VSSCore.checkCards`.
@Suite struct CardInquiryTests {
    /// 1 July 2025, 10:00 in Viet Nam.
    private static let july: Int64 = 1_751_338_800_000

    private func rig(_ change: (inout InsuredPerson) -> Void = { _ in }) -> Rig<VSSCore<SampleRegister>> {
        var register = SampleRegister()
        var person = SamplePeople.an.insured
        change(&person)
        register.insured[person.socialInsuranceNumber] = person
        var rig = Rig(VSSCore(registry: register, duties: .vss2024, remembersVisits: true))
        rig.now = Self.july
        return rig
    }

    private func question(_ change: (inout CardQuestion) -> Void = { _ in }) -> CardQuestion {
        var question = CardQuestion()
        question.card = SamplePeople.an.card
        question.fullName = "Nguyễn Văn An"
        question.birthDate = "19850317"
        question.account = "01013_BV"
        question.officerNumber = "001199000001"
        question.withVisits = true
        change(&question)
        return question
    }

    private func ask(
        _ questions: [CardQuestion], _ rig: inout Rig<VSSCore<SampleRegister>>
    ) throws -> [CardAnswer] {
        var request = CheckCards()
        request.questions = questions
        let given = try rig.obey(.checkCards, request.encoded)
        #expect(given.verdict == Verdict(.obeyed))
        return try CardAnswers(decoding: given.bytes).answers
    }

    @Test func aUsableCardIsToldWithItsHolder() throws {
        var rig = rig()
        let answer = try #require(try ask([question()], &rig).first)
        #expect(answer.code == "000" && answer.rule.isEmpty && answer.inquiries.isEmpty && answer.visits.isEmpty)
        #expect(
            answer.holder.card == SamplePeople.an.card && answer.holder.fullName == SamplePeople.an.insured.fullName)
        #expect(answer.holder.birthDate == "19850317" && answer.holder.validTo == "20251231")
        #expect(rig.takeSent().isEmpty && rig.ledger == Ledger(), "a question is no record")
    }

    @Test func whoAskedIsToldToWhoAsksNext() throws {
        var rig = rig()
        _ = try ask([question { $0.fullName = "Trần Văn An" }], &rig)
        rig.now += 5_000
        let answers = try ask([question(), question { $0.account = "a longer name than is kept" }], &rig)
        #expect(answers[0].inquiries.map(\.code) == ["060"] && answers[0].inquiries[0].askedAt == Self.july)
        #expect(answers[0].inquiries[0].account == "01013_BV")
        #expect(answers[0].inquiries[0].officerNumber == "001199000001")
        #expect(answers[1].inquiries.map(\.code) == ["000", "060"], "latest first, of the same command too")
        for _ in 0..<20 { _ = try ask([question()], &rig) }
        #expect(try ask([question()], &rig)[0].inquiries.count == 10)
    }

    @Test(arguments: [
        ("9999999999", "Nguyễn Văn An", "19850317", "050"), ("XX4010123456789", "Nguyễn Văn An", "19850317", "051"),
        ("123", "Nguyễn Văn An", "19850317", "051"), ("", "Nguyễn Văn An", "19850317", "205"),
        ("GD4020123456789", "Nguyễn Văn An", "19850317", "052"),
        ("GD3010123456789", "Nguyễn Văn An", "19850317", "053"),
        ("GD4010123456789", "Trần Văn An", "19850317", "060"), ("GD4010123456789", "Ngô Văn An", "19850317", "061"),
        ("GD4010123456789", "Nguyễn Văn An", "19850318", "070"), ("TE1019999999999", "Bé", "20240101", "130"),
    ])
    func whoDoesNotKnowNameAndBirthDateIsToldTheResultAlone(
        card: String, name: String, birth: String, code: String
    ) throws {
        var rig = rig()
        let answer = try ask(
            [
                question {
                    ($0.card, $0.fullName, $0.birthDate) = (card, name, birth)
                }
            ], &rig)[0]
        #expect(answer.code == code && !answer.rule.isEmpty || code == "205" && answer.code == code)
        #expect(!answer.hasHolder && answer.inquiries.isEmpty)
    }

    @Test func theYearAloneAgreesWithABirthDate() throws {
        var rig = rig()
        #expect(try ask([question { $0.birthDate = "19850000" }], &rig)[0].code == "000")
        #expect(try ask([question { $0.birthDate = "19860000" }], &rig)[0].code == "070")
    }

    @Test func aCardThatIsOverIsToldWithItsHolder() throws {
        var rig = rig()
        // 31 December 2025 in Viet Nam ends seven hours before it does in UTC.
        rig.now = 1_767_200_399_999
        #expect(try ask([question()], &rig)[0].code == "000")
        rig.now += 1
        let answer = try ask([question()], &rig)[0]
        #expect(answer.code == "010" && answer.hasHolder)
        var recalled = self.rig { $0.standing = CardStanding(.recalled, since: $0.validFrom) }
        #expect(try ask([question()], &recalled)[0].code == "110")
    }

    @Test func visitsThatVSSHasTakenInAreToldWhileTheyStand() throws {
        var rig = rig()
        let (first, second) = (RecordIdentifier.sample(1), RecordIdentifier.sample(2))
        try rig.receive(SampleVisit(first).acceptedRecord(), first)
        try rig.receive(SampleVisit(second).acceptedRecord(), second)
        try rig.receive(SampleVisit(second).acceptedRecord(revision: 2), second, revision: 2)
        let answer = try ask([question(), question { $0.withVisits = false }], &rig)
        #expect(answer[0].visits.map(\.recordID) == [second.description, first.description], "each once, latest first")
        #expect(answer[0].visits[0].facilityCode == SamplePeople.facilityCode)
        #expect(answer[0].visits[0].admitted == SampleVisit(first).insurance.ngayVao && answer[1].visits.isEmpty)
        var refused = SampleVisit(first)
        refused.insurance.maTheBhyt = "9999999999"
        try rig.receive(refused.acceptedRecord(revision: 2), first, revision: 2)
        #expect(try ask([question()], &rig)[0].visits.map(\.recordID) == [second.description])
        try rig.checkRows()
    }

    @Test func withoutDoorsNoVisitIsRemembered() throws {
        var rig = Rig(VSSCore(registry: SampleRegister(), duties: .vss2024))
        rig.now = Self.july
        let record = RecordIdentifier.sample(1)
        try rig.receive(SampleVisit(record).acceptedRecord(), record)
        #expect(try ask([question()], &rig)[0].visits.isEmpty)
    }

    @Test func whatCannotBeReadIsRefusedAndOtherPartiesKnowNoCards() throws {
        var rig = rig()
        #expect(try rig.obey(.checkCards, [0xFF, 0xFF]).verdict == Verdict(.notAddressed))
    }

    @Test(arguments: [
        (0, 19_700_101), (61_199_999, 19_700_101), (61_200_000, 19_700_102), (951_843_600_000, 20_000_301),
        (951_757_200_000, 20_000_229), (1_767_200_400_000, 20_260_101), (4_107_517_200_000, 21_000_301),
    ])
    func daysBeginAtMidnightInVietNam(time: Int64, day: Int) { #expect(LocalDay.of(time)?.number == Int32(day)) }
}
