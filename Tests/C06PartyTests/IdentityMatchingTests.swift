import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing

@testable import C06Party

/// Every finding of C06, and the order in which its rules are looked at.
@Suite struct IdentityMatchingTests {
    private func find(
        _ register: SampleRegister = SampleRegister(), of person: SamplePerson = SamplePeople.an,
        _ change: (inout IdentityCheck) -> Void = { _ in }
    ) -> IdentityFinding {
        var check = SampleVisit(of: person).identityCheck()
        change(&check)
        do {
            return try IdentityMatching(registry: register).find(check)
        } catch {
            Issue.record(error)
            return .mismatch(.c06NumberMissing)
        }
    }

    @Test func numberNameAndBirthDateOfOnePersonMatch() {
        #expect(find() == .match(SamplePeople.an.registered.citizenNumber))
    }

    @Test func spellingsOfTheSameNameMatch() {
        #expect(find { $0.fullName = "nguyễn  văn an" }.reason == nil)
        #expect(find { $0.fullName = "NGUYE\u{302}\u{303}N VA\u{306}N AN" }.reason == nil)
        #expect(find(of: SamplePeople.binh) { $0.fullName = "ÐỖ THỊ BÌNH" }.reason == nil)
    }

    @Test(arguments: [("ĐỖ THỊ HÒA", "ĐỖ THỊ HOÀ"), ("ĐỖ THỊ HOÀ", "Đỗ Thị Hòa"), ("LÊ THUỶ", "LÊ THỦY")])
    func bothSpellingsOfAToneMarkMatch(registered: String, written: String) {
        var register = SampleRegister()
        register.people[SamplePeople.an.registered.citizenNumber]?.fullName = registered
        #expect(find(register) { $0.fullName = written }.reason == nil)
    }

    @Test(arguments: ["19850317", "19850300", "19850000", "198503170000"])
    func aBirthDateMatchesInItsKnownParts(date: String) {
        #expect(find { $0.birthDate = date }.reason == nil)
    }

    @Test func theNumberOfTheOldCardIsFound() {
        var register = SampleRegister()
        register.byOldNumber["012345678"] = SamplePeople.an.registered
        #expect(find(register) { $0.citizenNumber = "012345678" } == .match(SamplePeople.an.registered.citizenNumber))
        #expect(find(register) { $0.citizenNumber = "012345679" } == .mismatch(.c06NumberUnknown))
    }

    static let mismatches: [(ReasonCode, @Sendable (inout IdentityCheck) -> Void)] = [
        (.c06NumberMissing, { $0.citizenNumber = "" }),
        (.c06NumberMissing, { $0.citizenNumber = " " }),
        (.c06NumberUnknown, { $0.citizenNumber = "001085999999" }),
        (.c06NumberUnknown, { $0.citizenNumber = "B1234567" }),
        (.c06NumberUnknown, { $0.citizenNumber = "003085000001" }),
        (.c06NameDiffers, { $0.fullName = "NGUYỄN VĂN ANH" }),
        (.c06NameDiffers, { $0.fullName = "" }),
        (.c06BirthDateDiffers, { $0.birthDate = "19850318" }),
        (.c06BirthDateDiffers, { $0.birthDate = "19860000" }),
        (.c06BirthDateDiffers, { $0.birthDate = "" }),
    ]

    @Test(arguments: mismatches.indices) func whatDiffersIsNamed(index: Int) {
        let (reason, change) = Self.mismatches[index]
        #expect(find(SampleRegister(), change) == .mismatch(reason))
    }

    /// C06 is not told when the visit was: it says what it knows with its date, and MoH decides.
    @Test func aCancelledNumberAndADeathAreSaidWithTheirDatesAndOnlyOfThePersonWhoFits() {
        var register = SampleRegister()
        register.people[SamplePeople.an.registered.citizenNumber]?.isSuperseded = true
        register.people[SamplePeople.an.registered.citizenNumber]?.numberSince = CivilDate(number: 2026_05_01)
        let renumbered = find(register).result(for: SampleVisit().identityCheck(), at: 1)
        #expect(renumbered.outcome == .match && renumbered.citizenNumber == "001085000001")
        #expect(renumbered.numberReplaced && renumbered.numberSince == "20260501")
        #expect(find(register) { $0.fullName = "AI ĐÓ" } == .mismatch(.c06NameDiffers))
        let dead = find(of: SamplePeople.cuong).result(for: SampleVisit().identityCheck(), at: 1)
        #expect(dead.outcome == .match && dead.civilStatus == .died && dead.diedOn == "20250115")
        #expect(find(of: SamplePeople.cuong) { $0.birthDate = "19501002" } == .mismatch(.c06BirthDateDiffers))
    }

    static let deaths: [(CivilMoment, String)] = [
        (.unknown, ""), (CivilMoment(date: CivilDate(number: 2026_00_00)), "20260000"),
        (CivilMoment(date: CivilDate(number: 2026_09_02)), "20260902"),
        (CivilMoment(date: CivilDate(number: 2026_09_02), hourAndMinute: 905), "202609020905"),
    ]

    @Test(arguments: deaths) func aDeathIsSaidAsFarAsItIsKnown(death: CivilMoment, text: String) {
        var register = SampleRegister()
        register.people[SamplePeople.an.registered.citizenNumber]?.death = death
        let result = find(register).result(for: SampleVisit().identityCheck(), at: 1)
        #expect(result.civilStatus == .died && result.diedOn == text && CivilMoment(text) == death)
    }

    @Test func aMoveAndADisappearanceAreSaidWithWhatIsKnown() throws {
        var register = SampleRegister()
        let number = SamplePeople.an.registered.citizenNumber
        register.people[number]?.formerProvince = Province(code: "48")
        register.people[number]?.movedOn = CivilDate(number: 2026_06_01)
        var result = find(register).result(for: SampleVisit().identityCheck(), at: 1)
        #expect(result.civilStatus == .moved && result.movedToProvince == "01")
        #expect(result.movedFromProvince == "48" && result.movedOn == "20260601")
        register.people[number]?.missingSince = CivilDate(number: 2026_07_01)
        result = find(register).result(for: SampleVisit().identityCheck(), at: 1)
        #expect(result.civilStatus == .missing && result.movedToProvince == "01")
    }

    @Test func anOldNumberOfTwoPeopleIsAmbiguousWhateverNameStandsBesideIt() {
        var register = SampleRegister()
        register.byOldNumber["012345678"] = SamplePeople.an.registered
        register.ofSeveral = ["012345678"]
        #expect(find(register) { $0.citizenNumber = "012345678" } == .mismatch(.c06Ambiguous))
        #expect(find(register) { ($0.citizenNumber, $0.fullName) = ("012345678", "X") } == .mismatch(.c06Ambiguous))
        #expect(find(register).reason == nil, "her number of 12 digits is hers alone")
    }

    static let answers: [(ReasonCode, IdentityOutcome, MismatchReason)] = [
        (.c06NumberUnknown, .noMatch, .numberUnknown),
        (.c06NameDiffers, .noMatch, .nameDiffers),
        (.c06BirthDateDiffers, .noMatch, .birthDateDiffers),
        (.c06NumberMissing, .noMatch, .numberMissing),
        (.c06Ambiguous, .ambiguous, .unspecified),
    ]

    @Test(arguments: answers) func everyFindingHasItsAnswer(
        reason: ReasonCode, outcome: IdentityOutcome, mismatch: MismatchReason
    ) {
        let check = SampleVisit().identityCheck(revision: 3)
        let result = IdentityFinding.mismatch(reason).result(for: check, at: 77)
        #expect(result.outcome == outcome && result.mismatchReason == mismatch)
        #expect(result.citizenNumber.isEmpty && result.revision == 3 && result.checkedAt == 77)
        #expect(result.recordID == check.recordID)
        #expect(result.civilStatus == .unspecified && result.diedOn.isEmpty && !result.numberReplaced)
    }

    @Test func aMatchSaysTheNumberInForceAndNothingElse() {
        let result = find().result(for: SampleVisit().identityCheck(), at: 1)
        #expect(result.outcome == .match && result.citizenNumber == "001085000001")
        #expect(result.civilStatus == .unchanged && result.movedToProvince.isEmpty)
    }
}
