import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What VSS says later, of records that are amended and withdrawn.
@Suite struct ChangedFeedbackTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func feedback(_ revision: UInt32 = 1) -> AssessmentFeedback {
        var message = AssessmentFeedback()
        message.recordID = record.description
        message.revision = revision
        message.outcome = .reduced
        message.amountClaimed = 8_000_000
        message.amountAccepted = 6_000_000
        message.facilityCode = SamplePeople.facilityCode
        return message
    }

    private func submit(_ rig: inout Rig<MoHCore>, _ revision: UInt32, diagnosis: String = "J06.9") throws {
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = diagnosis
        try rig.receive(visit.facilityRecord(revision: revision), record, revision: revision)
    }

    private func shared() throws -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: .moh2024))
        try submit(&rig, 1)
        try share(&rig, 1)
        _ = rig.takeSent()
        return rig
    }

    private func share(_ rig: inout Rig<MoHCore>, _ revision: UInt32) throws {
        try rig.receive(answers.covered(record, revision: revision), record, revision: revision)
        try rig.receive(answers.match(record, revision: revision), record, revision: revision)
    }

    @Test func whatWasSaidOfAnEarlierRevisionIsSaidOfNoneThatStands() throws {
        var rig = try shared()
        try rig.receive(feedback(), record)
        #expect(rig.figures.feedback.told == 1 && rig.state.keptCount == 1)
        try submit(&rig, 2)
        try share(&rig, 2)
        #expect(rig.figures.feedback == FeedbackFigures() && rig.state.keptCount == 0)
        #expect(rig.figures.formerFeedback.reduced == 1 && rig.figures.formerFeedback.told == 1)
        #expect(try rig.receive(feedback(2), record, revision: 2) == Verdict(.accepted))
        #expect(rig.figures.feedback.told == 1 && rig.figures.formerFeedback.told == 1)
    }

    /// Heard all the same, once: so MoH and VSS count alike.
    @Test func whatComesTooLateIsHeardOnceAndToldToNobody() throws {
        var rig = try shared()
        try submit(&rig, 2)
        _ = rig.takeSent()
        #expect(try rig.receive(feedback(), record) == Verdict(.stale))
        #expect(try rig.receive(feedback(), record) == Verdict(.stale))
        #expect(rig.takeSent().isEmpty && rig.figures.formerFeedback.reduced == 1)
        #expect(rig.figures.feedback == FeedbackFigures() && rig.figures.formerFeedback.told == 0)
    }

    /// The earlier revision stands in the book, so that nobody is told of the refused one.
    @Test(arguments: [true, false]) func ofARefusedAmendmentNobodyIsTold(feedbackFirst: Bool) throws {
        var rig = try shared()
        try submit(&rig, 2)
        if feedbackFirst { try rig.receive(feedback(2), record, revision: 2) }
        try rig.receive(answers.noMatch(record, .noMatch, revision: 2), record, revision: 2)
        if !feedbackFirst { try rig.receive(feedback(2), record, revision: 2) }
        #expect(!rig.takeSent().contains { $0.head.type == .insuranceNotice } && rig.ledger.shared == 1)
        #expect(rig.figures.feedback.reduced == 1 && rig.figures.feedback.told == 0 && rig.state.keptCount == 0)
        try submit(&rig, 3)
        #expect(rig.figures.feedback == FeedbackFigures() && rig.figures.formerFeedback.told == 0)
        try rig.checkRows()
    }

    @Test func whatIsWithdrawnLeavesNothingBehind() throws {
        var rig = try shared()
        try rig.receive(feedback(), record)
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = 2
        message.facilityCode = "01013"
        message.withdrawal.reason = "Sent by mistake"
        try rig.receive(message, record, revision: 2)
        #expect(rig.figures.feedback == FeedbackFigures() && rig.state.keptCount == 0)
        #expect(try rig.receive(feedback(), record) == Verdict(.stale))
        #expect(rig.figures.formerFeedback.reduced == 1 && rig.figures.formerFeedback.told == 1)
    }

    private func assessed(_ revision: UInt32) -> AssessedRecord {
        var assessment = Assessment()
        assessment.outcome = .covered
        assessment.cardCheckCode = "000"
        assessment.benefitPercent = 80
        return AssessedRecord(SampleVisit(record).facilityRecord(revision: revision), assessment: assessment)
    }

    /// VSS hands records on and speaks of them on topics of their own, so that the later message may be read first.
    @Test(arguments: [UInt32(1), 2]) func whatOvertakesItsRecordWaitsForIt(revision: UInt32) throws {
        var rig = Rig(MoHCore(duties: .moh2026))
        for earlier in 1..<revision { try rig.receive(assessed(earlier), record, revision: earlier) }
        #expect(try rig.receive(feedback(revision), record, revision: revision) == Verdict(.accepted))
        #expect(try rig.receive(feedback(revision), record, revision: revision) == Verdict(.stale))
        #expect(rig.figures.formerFeedback.reduced == 1 && rig.figures.formerFeedback.early == 1)
        try rig.receive(assessed(revision), record, revision: revision)
        #expect(rig.figures.feedback.reduced == 1 && rig.figures.formerFeedback == FormerFeedback())
        _ = rig.takeSent()
        try rig.receive(answers.match(record, revision: revision), record, revision: revision)
        #expect(rig.takeSent().map(\.head.type).contains(.insuranceNotice) && rig.figures.feedback.told == 1)
        #expect(try rig.receive(feedback(revision), record, revision: revision) == Verdict(.duplicate))
        try rig.checkRows()
    }

    @Test func whatOvertakesARevisionThatIsRefusedIsHeard() throws {
        var rig = Rig(MoHCore(duties: .moh2026))
        try rig.receive(feedback(1), record)
        var message = assessed(1)
        var clinical = SampleVisit(record).clinical
        clinical.maBenhChinh = "?"
        message.clinical = .init(clinical.encoded)
        #expect(try rig.receive(message, record).decision == .refused)
        #expect(rig.figures.feedback.reduced == 1 && rig.figures.formerFeedback == FormerFeedback())
        #expect(rig.state.keptCount == 0 && rig.figures.feedback.told == 0)
        try rig.checkRows()
    }

    @Test func whatOvertakesARevisionThatNeverCountsIsForgotten() throws {
        var rig = Rig(MoHCore(duties: .moh2026))
        try rig.receive(feedback(1), record)
        try rig.receive(feedback(2), record, revision: 2)
        #expect(rig.state.keptCount == 2 && rig.figures.formerFeedback.early == 2)
        var end = AssessedRecord()
        end.recordID = record.description
        end.revision = 3
        end.withdrawal.reason = "Sent by mistake"
        try rig.receive(end, record, revision: 3)
        #expect(rig.state.keptCount == 0 && rig.figures.formerFeedback.early == 0)
        #expect(rig.figures.formerFeedback.reduced == 2 && rig.ledger.withdrawn == 1)
    }
}
