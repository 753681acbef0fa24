import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH makes of the answers of VSS and C06, good, bad, early, late and broken.
@Suite struct AnswerIntakeTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func pending() throws -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        _ = rig.takeSent()
        return rig
    }

    static let cardCheckCodes = ReasonCode.allCases.filter { $0.cardCheckCode != nil }.map(\.text)

    @Test(arguments: cardCheckCodes) func everyCodeOfVSSGoesBackAsACorrection(text: String) throws {
        var rig = try pending()
        let verdict = try rig.receive(answers.refused(record, code: String(text.dropFirst(4))), record)
        #expect(verdict == Verdict(.refused, ReasonCode(text: text)))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.refusedBy == .vss && correction.code == text)
        #expect(correction.field == "MA_THE_BHYT" && correction.value == "X" && correction.rule == "a rule")
        #expect(correction.facilityCode == "01013")
        #expect(rig.ledger.refusedByReason == [text: 1] && rig.state.keptCount == 0)
    }

    static let findings: [(IdentityOutcome, MismatchReason, String, String, String)] = [
        (.noMatch, .nameDiffers, "c06.no-match.name-differs", "HO_TEN", "NGUYỄN VĂN AN"),
        (.noMatch, .birthDateDiffers, "c06.no-match.birth-date-differs", "NGAY_SINH", "19850317"),
        (.noMatch, .numberMissing, "c06.no-match.number-missing", "SO_CCCD", "001085000001"),
        (.noMatch, .numberUnknown, "c06.no-match.number-unknown", "SO_CCCD", "001085000001"),
        (.noMatch, .unspecified, "c06.no-match.number-unknown", "SO_CCCD", "001085000001"),
        (.numberSuperseded, .unspecified, "c06.number-superseded", "SO_CCCD", "001085000001"),
        (.deceased, .unspecified, "c06.deceased", "SO_CCCD", "001085000001"),
        (.ambiguous, .unspecified, "c06.ambiguous", "SO_CCCD", "001085000001"),
    ]

    @Test(arguments: findings) func everyFindingOfC06GoesBackWithTheValueConcerned(
        outcome: IdentityOutcome, reason: MismatchReason, code: String, field: String, value: String
    ) throws {
        var rig = try pending()
        #expect(try rig.receive(answers.noMatch(record, outcome, reason), record).decision == .refused)
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.refusedBy == .c06 && correction.code == code)
        #expect(correction.field == field && correction.value == value && !correction.rule.isEmpty)
        #expect(rig.ledger.refusedByReason == [code: 1])
    }

    static let broken: [@Sendable (inout Assessment) -> Void] = [
        { $0.outcome = .unspecified },
        { $0.outcome = .UNRECOGNIZED(99) },
        { $0.cardCheckCode = "ABC" },
        { $0.cardCheckCode = "65535" },
        { $0.cardCheckCode = "+12" },
        { $0.cardCheckCode = "" },
        { $0.benefitPercent = 101 },
        { $0.benefitPercent = 4_000_000_000 },
        { $0.recordID = RecordIdentifier.sample(2).description },
        {
            $0.outcome = .refused
            $0.cardCheckCode = "000"
        },
    ]

    @Test(arguments: broken.indices) func anAssessmentThatSaysNothingUsableIsUnreadable(index: Int) throws {
        var rig = try pending()
        let before = rig.state.record(record)
        var message = answers.covered(record)
        Self.broken[index](&message)
        #expect(try rig.receive(message, record).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 1 && rig.state.record(record) == before && rig.takeSent().isEmpty)
        #expect(try rig.receive(answers.covered(record), record).decision == .accepted, "the good one still counts")
    }

    static let brokenMatches: [@Sendable (inout IdentityResult) -> Void] = [
        { $0.outcome = .unspecified },
        { $0.outcome = .UNRECOGNIZED(99) },
        { $0.citizenNumber = "" },
        { $0.citizenNumber = "1085000001" },
        { $0.citizenNumber = "003085000001" },
        { $0.citizenNumber = "+01085000001" },
        { $0.movedToProvince = "99" },
        { $0.movedToProvince = "x" },
        { $0.recordID = RecordIdentifier.sample(2).description },
    ]

    @Test(arguments: brokenMatches.indices) func aMatchThatSaysNothingUsableIsUnreadable(index: Int) throws {
        var rig = try pending()
        var message = answers.match(record)
        Self.brokenMatches[index](&message)
        #expect(try rig.receive(message, record).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 1 && rig.ledger.pending == 1 && rig.takeSent().isEmpty)
    }

    @Test(arguments: [MessageType.assessment, .identityResult]) func bytesThatAreNoAnswerAreUnreadable(
        type: MessageType
    ) throws {
        var rig = try pending()
        #expect(try rig.receive(SentMessage(unreadable: type, record)).decision == .unreadable)
        #expect(rig.ledger.pending == 1)
    }

    @Test func answersToUnknownEarlierOrLaterRevisionsHaveNoEffect() throws {
        var rig = try pending()
        #expect(try rig.receive(answers.covered(.sample(9)), .sample(9)).decision == .unknownRecord)
        #expect(try rig.receive(answers.match(.sample(9)), .sample(9)).decision == .unknownRecord)
        #expect(try rig.receive(answers.covered(record, revision: 2), record, revision: 2).decision == .stale)
        #expect(try rig.receive(answers.match(record, revision: 2), record, revision: 2).decision == .stale)
        #expect(rig.ledger.staleIgnored == 4 && rig.ledger.pending == 1)
    }

    @Test func anAnswerCountsOnce() throws {
        var rig = try pending()
        #expect(try rig.receive(answers.covered(record), record).decision == .accepted)
        #expect(try rig.receive(answers.covered(record), record).decision == .duplicate)
        #expect(try rig.receive(answers.refused(record, code: "010"), record).decision == .duplicate)
        #expect(rig.ledger.pending == 1 && rig.ledger.duplicatesIgnored == 2)
    }

    @Test func anAnswerAfterARefusalHasNoEffect() throws {
        var rig = try pending()
        try rig.receive(answers.refused(record, code: "010"), record)
        _ = rig.takeSent()
        #expect(try rig.receive(answers.match(record), record).decision == .duplicate)
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 1)
    }

    @Test func aSubmissionGoneFromTheStoreIsSaid() throws {
        var rig = try pending()
        rig.state.drop(try #require(rig.state.record(record)).keptAt)
        #expect(throws: MissingSubmission(position: 1)) {
            try rig.receive(answers.refused(record, code: "010"), record)
        }
    }
}
