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

    @Test func aCancelledNumberAndADeathAreSaidOnlyOfThePersonWhoFits() {
        var register = SampleRegister()
        register.people[SamplePeople.an.registered.citizenNumber]?.isSuperseded = true
        #expect(find(register) == .mismatch(.c06NumberSuperseded))
        #expect(find(register) { $0.fullName = "AI ĐÓ" } == .mismatch(.c06NameDiffers))
        #expect(find(of: SamplePeople.cuong) == .mismatch(.c06Deceased))
        #expect(find(of: SamplePeople.cuong) { $0.birthDate = "19501002" } == .mismatch(.c06BirthDateDiffers))
    }

    static let answers: [(ReasonCode, IdentityOutcome, MismatchReason)] = [
        (.c06NumberUnknown, .noMatch, .numberUnknown),
        (.c06NameDiffers, .noMatch, .nameDiffers),
        (.c06BirthDateDiffers, .noMatch, .birthDateDiffers),
        (.c06NumberMissing, .noMatch, .numberMissing),
        (.c06NumberSuperseded, .numberSuperseded, .unspecified),
        (.c06Deceased, .deceased, .unspecified),
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
        #expect(result.civilStatus == (reason == .c06Deceased ? .died : .unspecified))
    }

    @Test func aMatchSaysTheNumberInForceAndNothingElse() {
        let result = find().result(for: SampleVisit().identityCheck(), at: 1)
        #expect(result.outcome == .match && result.citizenNumber == "001085000001")
        #expect(result.civilStatus == .unchanged && result.movedToProvince.isEmpty)
    }
}
