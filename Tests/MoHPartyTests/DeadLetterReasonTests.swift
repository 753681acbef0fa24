import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// A dead letter says which rule the payload breaks, and with which value, so that its sender can mend it.
@Suite struct DeadLetterReasonTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func reason(of message: some ExchangeMessage) throws -> String {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        #expect(try rig.receive(message, record).decision == .unreadable)
        #expect(rig.deadLetters.count == 1)
        return rig.deadLetters.first ?? ""
    }

    static let assessments: [(String, @Sendable (inout Assessment) -> Void)] = [
        ("outcome is unset; it is covered, not insured or refused", { $0.outcome = .unspecified }),
        ("outcome is 9; it is 1 (covered), 2 (not insured) or 3 (refused)", { $0.outcome = .UNRECOGNIZED(9) }),
        ("benefit_percent is 250, not 0 to 100", { $0.benefitPercent = 250 }),
        ("card_check_code is \"ABC\", not three digits", { $0.cardCheckCode = "ABC" }),
        (
            "card_check_code is \"999\", no code of a refusal",
            {
                $0.outcome = .refused
                $0.cardCheckCode = "999"
            }
        ),
        ("revision is 0; the first one is 1", { $0.revision = 0 }),
        ("record_id is \"x\\u{a}y\", and ce_subject is \(RecordIdentifier.sample(1))", { $0.recordID = "x\ny" }),
    ]

    @Test(arguments: assessments.indices) func anAssessmentNamesItsRule(index: Int) throws {
        var message = answers.covered(record)
        Self.assessments[index].1(&message)
        #expect(
            try reason(of: message)
                == "the payload is not a readable exchange.v1.Assessment: \(Self.assessments[index].0)")
    }

    static let results: [(String, @Sendable (inout IdentityResult) -> Void)] = [
        ("outcome is unset; it is match, no match or another reason against a match", { $0.outcome = .unspecified }),
        ("moved_to_province is \"03\", no province code of Decision 19/2025/QD-TTg", { $0.movedToProvince = "03" }),
        // Never the number itself: the reason stands in logs.
        ("citizen_number, of 11 characters, is no citizen number", { $0.citizenNumber = "00108500001" }),
    ]

    @Test(arguments: results.indices) func anIdentityResultNamesItsRule(index: Int) throws {
        var message = answers.match(record)
        Self.results[index].1(&message)
        #expect(
            try reason(of: message)
                == "the payload is not a readable exchange.v1.IdentityResult: \(Self.results[index].0)")
    }

    @Test func bytesThatAreNoMessageAreNamedByTheirNumber() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SentMessage(unreadable: .facilityRecord, record))
        #expect(
            rig.deadLetters == [
                "the payload is not a readable exchange.v1.FacilityRecord: its 2 bytes are no encoded message of this type"
            ])
    }
}
