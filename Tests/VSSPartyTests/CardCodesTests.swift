import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing

@testable import VSSParty

/// The card-check codes that the register, the day or the code sets decide; the others stand in ``CardCheckTests``.
@Suite struct CardCodesTests {
    private func outcome(
        _ change: (inout InsuredPerson) -> Void = { _ in }, visit edit: (inout SampleVisit) -> Void = { _ in }
    ) throws -> CardCheckOutcome {
        var register = SampleRegister()
        var person = SamplePeople.an.insured
        change(&person)
        register.insured[SamplePeople.an.insured.socialInsuranceNumber] = person
        var visit = SampleVisit()
        edit(&visit)
        return try CardCheck(registry: register).check(visit.administrative, visit.insurance)
    }

    private func code(_ outcome: CardCheckOutcome) -> String? {
        switch outcome {
        case .notInsured: nil
        case .covered(let code, _): code
        case .refused(let refusal): refusal.reason.cardCheckCode
        }
    }

    @Test(arguments: [
        (CardStanding.Event.replaced, "003"), (.replacedStillValid, "004"), (.recalled, "110"), (.decreased, "120"),
        (.movedToAnotherProvince, "121"), (.movedInsideProvince, "122"), (.readdedAtSameUnit, "123"),
        (.stoppedParticipating, "124"),
    ])
    func whatHappenedToTheCardCountsFromItsDay(event: CardStanding.Event, expected: String) throws {
        for (since, code) in [(2025_07_01, expected), (2025_07_02, "000"), (2025_01_01, expected)] {
            let day = try #require(CivilDate(number: since))
            let found = try outcome({ $0.standing = CardStanding(event, since: day) })
            #expect(self.code(found) == code, "since \(since)")
            if case .refused(let refusal) = found {
                #expect(refusal.field == "MA_THE_BHYT" && refusal.value == SamplePeople.an.card)
            }
        }
    }

    @Test func theCasesCoverEveryEvent() { #expect(CardStanding.Event.allCases.count == 8) }

    @Test(arguments: [
        ("TE1019999999999", "01000", "20190702", "130"), ("TE1019999999999", "01000", "20190701", "050"),
        ("TE1019999999999", "01000", "20250630", "130"), ("TE1019999999999", "01013", "20250630", "050"),
        ("TE1019999999999", "01000", "x", "050"), ("CC1019999999999", "01000", "20250630", "050"),
        ("9999999999", "01000", "20250630", "050"),
    ])
    func aChildUnderSixWithANumberOfNobody(card: String, registered: String, born: String, expected: String) throws {
        let found = try outcome(visit: {
            $0.insurance.maTheBhyt = card
            $0.insurance.maDkbd = registered
            $0.administrative.ngaySinh = born
        })
        #expect(code(found) == expected)
    }

    /// The lists of the day of discharge count, and where none is known nothing is said.
    @Test(arguments: [
        ("03", "1.1", "202607310800", "000"), ("14", "1.1", "202607310800", "205"),
        ("14", "1.1", "202608010000", "000"),
        ("99", "1.1", "202608010000", "205"), ("", "", "202608010000", "000"), ("03", "1.19", "202601010000", "205"),
        ("03", "1.19", "202512312359", "000"), ("03", "3.6", "202601010000", "000"),
    ])
    func codesAreThoseOfTheDayOfDischarge(kind: String, subject: String, discharge: String, expected: String) throws {
        let found = try outcome(
            { person in
                if let last = CivilDate(number: 2027_12_31) { person.validTo = last }
            },
            visit: {
                $0.insurance.gtTheDen = "20271231"
                $0.insurance.maLoaiKcb = kind
                $0.insurance.maDoituongKcb = subject
                $0.insurance.ngayVao = discharge
                $0.insurance.ngayRa = discharge
            })
        #expect(code(found) == expected)
        if case .refused(let refusal) = found {
            #expect(["MA_LOAI_KCB", "MA_DOITUONG_KCB"].contains(refusal.field))
        }
    }

    /// CN was of level 3 and LH of level 4 until the end of 2025; both are of level 2 since. Cards keep their digit.
    @Test(arguments: [
        ("CN", 2, "3", "202512311000", "000", UInt32(95)), ("CN", 2, "3", "202601010000", "000", 100),
        ("CN", 2, "2", "202601010000", "000", 100), ("CN", 3, "3", "202601010000", "000", 100),
        ("LH", 2, "4", "202512311000", "000", 80), ("LH", 2, "4", "202601010000", "000", 100),
        ("CN", 2, "4", "202601010000", "053", 0), ("GD", 4, "3", "202601010000", "053", 0),
    ])
    func theDayDecidesTheLevel(
        group: String, registered: Int, digit: String, discharge: String, expected: String, percent: UInt32
    ) throws {
        let found = try outcome(
            { person in
                person.subjectCode = group
                person.benefitLevel = registered
                if let last = CivilDate(number: 2027_12_31) { person.validTo = last }
            },
            visit: {
                $0.insurance.maTheBhyt = group + digit + "010123456789"
                $0.insurance.gtTheDen = "20271231"
                $0.insurance.ngayVao = discharge
                $0.insurance.ngayRa = discharge
            })
        #expect(code(found) == expected)
        if case .covered(_, let share) = found { #expect(share == percent) }
    }

    /// Of all official results, those that a record can cause; the others say something of the look-up or the server.
    @Test func everyOtherCodeIsNotOfARecord() {
        let official = [
            "000", "001", "002", "003", "004", "010", "050", "051", "052", "053", "054", "055", "060", "061", "070",
            "100",
            "101", "110", "120", "121", "122", "123", "124", "130", "205", "401", "500",
        ]
        let refusals = Set(ReasonCode.allCases.compactMap(\.cardCheckCode))
        let rest = official.filter { !refusals.contains($0) && !["000", "001", "002", "004"].contains($0) }
        #expect(rest == CardCheckLimits.notOfARecord.map(\.code) && refusals.isSubset(of: official))
    }
}
