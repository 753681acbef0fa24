import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing

@testable import VSSParty

/// Every card-check code that VSS gives, with field and value.
@Suite struct CardCheckTests {
    private let person = SamplePeople.an

    private func outcome(
        _ register: SampleRegister = SampleRegister(), _ change: (inout SampleVisit) -> Void = { _ in }
    ) -> CardCheckOutcome {
        var visit = SampleVisit()
        change(&visit)
        do {
            return try CardCheck(registry: register).check(visit.administrative, visit.insurance)
        } catch {
            Issue.record(error)
            return .notInsured
        }
    }

    private func refusal(_ change: (inout SampleVisit) -> Void) -> Refusal? {
        if case .refused(let refusal) = outcome(SampleRegister(), change) { refusal } else { nil }
    }

    @Test(arguments: ["GD4010123456789", "0123456789", "001085000001"]) func everyFormOfTheCardIsFound(card: String) {
        #expect(outcome { $0.insurance.maTheBhyt = card } == .covered(code: "000", percent: 80))
    }

    @Test func noCardIsNotInsured() {
        #expect(outcome { $0.insurance.maTheBhyt = "" } == .notInsured)
    }

    static let refusals: [(String, String, String, @Sendable (inout SampleVisit) -> Void)] = [
        ("vss.050", "MA_THE_BHYT", "GD4019999999999", { $0.insurance.maTheBhyt = "GD4019999999999" }),
        ("vss.050", "MA_THE_BHYT", "001085999999", { $0.insurance.maTheBhyt = "001085999999" }),
        ("vss.051", "MA_THE_BHYT", "DN4010123456789", { $0.insurance.maTheBhyt = "DN4010123456789" }),
        ("vss.052", "MA_THE_BHYT", "GD4790123456789", { $0.insurance.maTheBhyt = "GD4790123456789" }),
        ("vss.053", "MA_THE_BHYT", "GD3010123456789", { $0.insurance.maTheBhyt = "GD3010123456789" }),
        ("vss.060", "HO_TEN", "TRẦN VĂN AN", { $0.administrative.hoTen = "TRẦN VĂN AN" }),
        ("vss.061", "HO_TEN", "NGUYỄN VĂN ÁN", { $0.administrative.hoTen = "NGUYỄN VĂN ÁN" }),
        ("vss.070", "NGAY_SINH", "19850318", { $0.administrative.ngaySinh = "19850318" }),
        ("vss.070", "NGAY_SINH", "19850400", { $0.administrative.ngaySinh = "19850400" }),
        ("vss.070", "NGAY_SINH", "x", { $0.administrative.ngaySinh = "x" }),
        ("vss.010", "GT_THE_DEN", "20250630", { $0.insurance.gtTheDen = "20250630" }),
        ("vss.010", "GT_THE_DEN", "20251231", { $0.insurance.ngayVao = "202601010000" }),
        ("vss.010", "GT_THE_DEN", "20251231", { $0.insurance.ngayVao = "202412312359" }),
        ("vss.205", "GT_THE_DEN", "20250630;20251231", { $0.insurance.gtTheDen = "20250630;20251231" }),
        (
            "vss.205", "GT_THE_TU", "20250101",
            {
                $0.insurance.maTheBhyt = "GD4010123456789;0123456789"
                $0.insurance.gtTheDen = "20250630;20251231"
            }
        ),
        (
            "vss.205", "GT_THE_DEN", "20251231",
            {
                $0.insurance.maTheBhyt = "GD4010123456789;0123456789"
                $0.insurance.gtTheTu = "20250101;20250701"
            }
        ),
        ("vss.051", "MA_THE_BHYT", "?", { $0.insurance.maTheBhyt = "?" }),
        ("vss.051", "NGAY_VAO", "?", { $0.insurance.ngayVao = "?" }),
    ]

    @Test(arguments: refusals.indices) func refusesWithCodeFieldAndValue(index: Int) throws {
        let (code, field, value, change) = Self.refusals[index]
        let found = try #require(self.refusal(change))
        #expect(found.reason.text == code && found.field == field && found.value == value && !found.rule.isEmpty)
    }

    @Test(arguments: ["20250101", "20251231"]) func theFirstAndTheLastDayAreValid(day: String) {
        #expect(outcome { $0.insurance.ngayVao = day + "0000" } == .covered(code: "000", percent: 80))
    }

    @Test func anEndThatIsNotWrittenIsTheOneOfTheRegister() {
        #expect(outcome { $0.insurance.gtTheDen = "" } == .covered(code: "000", percent: 80))
        #expect(
            refusal {
                $0.insurance.gtTheDen = ""; $0.insurance.ngayVao = "202601010000"
            }?.reason == .vssCardExpired)
    }

    @Test func unknownBirthPartsAndOtherSpellingsPass() {
        #expect(outcome { $0.administrative.ngaySinh = "19850000" } == .covered(code: "000", percent: 80))
        #expect(outcome { $0.administrative.hoTen = "Nguyễn  văn an" } == .covered(code: "000", percent: 80))
    }

    /// Two cards with their validities.
    private static func two(_ cards: String, until ends: String) -> @Sendable (inout SampleVisit) -> Void {
        {
            $0.insurance.maTheBhyt = cards
            $0.insurance.gtTheTu = "20250101;20250101"
            $0.insurance.gtTheDen = ends
        }
    }

    @Test func ofTwoCardsTheSecondMayBeTheUsableOne() {
        let found = outcome(SampleRegister(), Self.two("GD4010123456789;GD4010123456789", until: "20250331;20251231"))
        #expect(found == .covered(code: "000", percent: 80))
    }

    /// The register no longer has group and level of a card that was replaced.
    @Test func ofACardThatWasReplacedOnlyTheNumberIsLookedUp() {
        let replaced = outcome(
            SampleRegister(), Self.two("HT3010123456789;GD4010123456789", until: "20250331;20251231"))
        #expect(replaced == .covered(code: "000", percent: 80))
        let inForce = refusal(Self.two("HT3010123456789;GD4010123456789", until: "20251231;20251231"))
        #expect(inForce?.reason == .vssBenefitWrong && inForce?.value == "HT3010123456789")
        let foreign = refusal(Self.two("GD4019999999999;GD4010123456789", until: "20250331;20251231"))
        #expect(foreign?.reason == .vssCardUnknown && foreign?.value == "GD4019999999999")
    }

    /// A usable card does not carry an invented or a foreign one through, in whichever order they stand.
    @Test func everyCardOfTheListIsChecked() {
        let invented: [(String, ReasonCode)] = [
            ("9999999999", .vssCardUnknown), ("DN4010123456789", .vssCardWrong),
            ("GD4790123456789", .vssProvinceWrong), ("GD3010123456789", .vssBenefitWrong),
            (SamplePeople.binh.card, .vssNameWrong),
        ]
        for (card, reason) in invented {
            for list in ["0123456789;\(card)", "\(card);0123456789"] {
                let found = refusal(Self.two(list, until: "20251231;20251231"))
                #expect(found?.reason == reason, "\(list)")
                let name = reason == .vssNameWrong ? SamplePeople.an.registered.fullName : card
                #expect(found?.value == name)
            }
        }
    }

    @Test func ofTwoUnusableCardsTheFirstIsReported() {
        let found = refusal(Self.two("GD4010123456789;9999999999", until: "20250331;20251231"))
        #expect(found?.reason == .vssCardExpired && found?.value == "20250331")
        #expect(
            refusal(Self.two("9999999999;GD3010123456789", until: "20251231;20251231"))?.reason == .vssCardUnknown)
    }

    @Test func aListThatDoesNotFitTheCardsSaysBothCounts() {
        let found = refusal { $0.insurance.gtTheDen = "20250630;20251231" }
        #expect(found?.rule == "one day for each card: MA_THE_BHYT has 1, GT_THE_DEN has 2")
    }

    @Test(arguments: [" ", "\t", "\u{A0}"]) func blankFieldsAreEmptyOnes(blank: String) {
        #expect(outcome { $0.insurance.maTheBhyt = blank } == .notInsured)
        #expect(
            outcome {
                $0.insurance.gtTheTu = blank
                $0.insurance.gtTheDen = blank
            } == .covered(code: "000", percent: 80))
    }

    @Test(arguments: ["THÙY", "THUỲ", "thuỳ"]) func bothSpellingsOfAToneMarkPass(spelling: String) {
        var register = SampleRegister()
        for name in ["ĐẶNG THÙY", "ĐẶNG THUỲ"] {
            register.insured[person.insured.socialInsuranceNumber]?.fullName = name
            #expect(
                outcome(register) { $0.administrative.hoTen = "ĐẶNG " + spelling }
                    == .covered(code: "000", percent: 80))
        }
    }

    @Test(arguments: [("QN", "001"), ("CY", "001"), ("CA", "002"), ("GD", "000"), ("TE", "000")])
    func armyAndPoliceCardsAreUsableAndToBeCheckedByHand(subject: String, code: String) {
        var register = SampleRegister()
        register.insured[person.insured.socialInsuranceNumber]?.subjectCode = subject
        #expect(
            outcome(register) { $0.insurance.maTheBhyt = "\(subject)4010123456789" }
                == .covered(code: code, percent: 80))
    }

    @Test(arguments: [(1, 100), (2, 100), (3, 95), (4, 80), (5, 100)])
    func theLevelGivesTheShareOfTheFund(level: Int, percent: UInt32) {
        var register = SampleRegister()
        register.insured[person.insured.socialInsuranceNumber]?.benefitLevel = level
        #expect(
            outcome(register) { $0.insurance.maTheBhyt = "GD\(level)010123456789" }
                == .covered(code: "000", percent: percent))
    }
}
