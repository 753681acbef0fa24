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
        return CardCheck(registry: register).check(visit.administrative, visit.insurance)
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

    @Test func ofTwoCardsTheSecondMayBeTheUsableOne() {
        let found = outcome {
            $0.insurance.maTheBhyt = "GD4010123456789;GD4010123456789"
            $0.insurance.gtTheDen = "20250331;20251231"
        }
        #expect(found == .covered(code: "000", percent: 80))
        let unknownFirst = outcome { $0.insurance.maTheBhyt = "9999999999;0123456789" }
        #expect(unknownFirst == .covered(code: "000", percent: 80))
    }

    @Test func ofTwoUnusableCardsTheFirstIsReported() {
        let found = refusal {
            $0.insurance.maTheBhyt = "GD4010123456789;9999999999"
            $0.insurance.gtTheDen = "20250331;20251231"
        }
        #expect(found?.reason == .vssCardExpired && found?.value == "20250331")
        #expect(refusal { $0.insurance.maTheBhyt = "9999999999;GD3010123456789" }?.reason == .vssCardUnknown)
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
