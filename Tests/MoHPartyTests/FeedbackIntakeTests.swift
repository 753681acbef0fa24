import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// VSS speaks of a visit that it has accepted.
@Suite struct FeedbackIntakeTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func feedback(_ outcome: FeedbackOutcome = .reduced, revision: UInt32 = 1) -> AssessmentFeedback {
        var message = AssessmentFeedback()
        message.recordID = record.description
        message.revision = revision
        message.outcome = outcome
        message.cardCheckCode = outcome == .refused ? "110" : ""
        message.amountClaimed = 8_000_000
        message.amountAccepted = outcome == .refused ? 0 : 6_000_000
        message.facilityCode = SamplePeople.facilityCode
        return message
    }

    private func pending() throws -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(answers.covered(record), record)
        _ = rig.takeSent()
        return rig
    }

    @Test(arguments: [FeedbackOutcome.reduced, .refused]) func aSharedRecordStaysSharedAndTheFacilityIsTold(
        outcome: FeedbackOutcome
    ) throws {
        var rig = try pending()
        try rig.receive(answers.match(record), record)
        _ = rig.takeSent()
        let before = rig.ledger
        let verdict = try rig.receive(feedback(outcome), record)
        #expect(verdict == Verdict(.accepted, outcome == .refused ? .vssCardRecalled : nil))
        #expect(rig.ledger == before && rig.state.record(record)?.phase == .shared)
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.insuranceNotice] && sent[0].key == SamplePeople.facilityCode)
        let notice: InsuranceNotice = try sent[0].decoded()
        #expect(notice.outcome == outcome && notice.amountClaimed == 8_000_000 && notice.toldAt == rig.now)
        #expect(notice.amountAccepted == (outcome == .refused ? 0 : 6_000_000))
        #expect(rig.figures.feedback.told == 1)
        #expect(rig.figures.feedback.reduced == (outcome == .reduced ? 1 : 0))
        #expect(rig.figures.feedback.refused == (outcome == .refused ? 1 : 0))
        #expect(try rig.receive(feedback(outcome), record) == Verdict(.duplicate))
        #expect(rig.takeSent().isEmpty && rig.figures.feedback.told == 1)
        try rig.checkRows()
    }

    @Test func whatComesBeforeTheBookIsToldWithIt() throws {
        var rig = try pending()
        #expect(try rig.receive(feedback(), record) == Verdict(.accepted))
        #expect(rig.takeSent().isEmpty && rig.figures.feedback.told == 0 && rig.figures.feedback.reduced == 1)
        try rig.receive(answers.match(record), record)
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.bookEntry, .sharingNotice, .insuranceNotice])
        let entry: BookEntry = try sent[0].decoded()
        #expect(entry.insurance == .init(SampleVisit(record).insurance.encoded) && !entry.hasReduction)
        #expect(rig.figures.feedback.told == 1)
        try rig.checkRows()
    }

    @Test func aRecordThatC06RefusesIsNotToldOf() throws {
        var rig = try pending()
        try rig.receive(feedback(), record)
        try rig.receive(answers.noMatch(record, .noMatch, .nameDiffers), record)
        #expect(rig.takeSent().map(\.head.type) == [.correction])
        #expect(rig.figures.feedback.told == 0 && rig.figures.feedback.reduced == 1)
        try rig.receive(SampleVisit(record).facilityRecord(revision: 2), record, revision: 2)
        #expect(rig.figures.feedback == FeedbackFigures(), "the next revision is another claim")
        #expect(try rig.receive(feedback(), record) == Verdict(.stale))
        #expect(rig.figures.feedback == FeedbackFigures())
        try rig.checkRows()
    }

    @Test func ofARecordThatIsNotKnownItHearsNothing() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        #expect(try rig.receive(feedback(), record) == Verdict(.unknownRecord))
        var without = Rig(MoHCore(duties: Duties.moh2024.limited(to: [.facilityRecord])))
        #expect(try without.receive(feedback(), record) == Verdict(.notAddressed))
    }

    /// What VSS does not accept at once stands in the entry, on both routes.
    @Test(arguments: [Duties.moh2024, .moh2026]) func aReductionStandsInTheEntry(duties: Duties) throws {
        var rig = Rig(MoHCore(duties: duties))
        var assessment = answers.covered(record)
        assessment.amountClaimed = 8_000_000
        assessment.amountAccepted = 7_000_000
        assessment.lines = [AssessedLine()]
        if duties == .moh2024 {
            try rig.receive(SampleVisit(record).facilityRecord(), record)
            try rig.receive(assessment, record)
        } else {
            try rig.receive(AssessedRecord(SampleVisit(record).facilityRecord(), assessment: assessment), record)
        }
        _ = rig.takeSent()
        try rig.receive(answers.match(record), record)
        let entry: BookEntry = try #require(rig.takeSent().first).decoded()
        #expect(entry.reduction.amountClaimed == 8_000_000 && entry.reduction.amountAccepted == 7_000_000)
        #expect(entry.clinical == .init(SampleVisit(record).clinical.encoded) && rig.state.keptCount == 0)
    }

    @Test func feedbackThatBreaksItsRulesGoesToTheDeadLetters() throws {
        let changes: [(String, (inout AssessmentFeedback) -> Void)] = [
            ("outcome is unset", { $0.outcome = .unspecified }),
            ("outcome is 9", { $0.outcome = .UNRECOGNIZED(9) }),
            ("amount_accepted is 8000001", { $0.amountAccepted = 8_000_001 }),
            ("amount_accepted is -1", { $0.amountAccepted = -1 }),
            ("outcome is refused, and", { $0.outcome = .refused }),
            ("card_check_code is \"999\"", { $0.cardCheckCode = "999" }),
            ("facility_code is \"\"", { $0.facilityCode = "" }),
        ]
        for (rule, change) in changes {
            var rig = try pending()
            var message = feedback()
            change(&message)
            #expect(try rig.receive(message, record).decision == .unreadable)
            #expect(rig.deadLetters.first?.contains(rule) == true, "\(rig.deadLetters)")
            #expect(rig.figures.feedback == FeedbackFigures())
        }
    }
}
