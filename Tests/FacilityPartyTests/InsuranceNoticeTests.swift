import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing

@testable import FacilityParty

/// MoH passes on what VSS has said of a visit's insurance.
@Suite struct InsuranceNoticeTests {
    private let record = RecordIdentifier.sample(1)

    private func notice(_ outcome: FeedbackOutcome = .reduced, revision: UInt32 = 1) -> SentMessage {
        var message = InsuranceNotice()
        message.recordID = record.description
        message.revision = revision
        message.outcome = outcome
        message.cardCheckCode = outcome == .refused ? "110" : ""
        message.amountClaimed = 8_000_000
        message.amountAccepted = outcome == .refused ? 0 : 6_000_000
        return SentMessage(message, record, revision: revision)
    }

    private func entry() -> SentMessage {
        var message = SharingNotice()
        message.recordID = record.description
        message.revision = 1
        return SentMessage(message, record, revision: 1)
    }

    private func rig() throws -> Rig<FacilityCore<ListedVisits>> {
        var rig = Rig(
            FacilityCore(source: ListedVisits([[SampleVisit(record).content]]), pace: SubmissionPace()))
        try rig.advance()
        _ = rig.takeSent()
        return rig
    }

    /// The notice may overtake the entry of the book.
    @Test(arguments: [true, false]) func itIsNotedInWhicheverOrderItComes(entryFirst: Bool) throws {
        var rig = try rig()
        if entryFirst { try rig.receive(entry()) }
        #expect(try rig.receive(notice(.refused)) == Verdict(.accepted, .vssCardRecalled))
        if !entryFirst { #expect(try rig.receive(entry()) == Verdict(.accepted)) }
        #expect(rig.ledger.shared == 1 && rig.ledger.refused == 0 && rig.figures.feedback.refused == 1)
        #expect(try rig.receive(notice(.refused)) == Verdict(.duplicate))
        #expect(rig.figures.feedback.refused == 1 && rig.takeSent().isEmpty)
        try rig.checkRows()
    }

    @Test func ofAnotherRevisionOrRecordItIsNothing() throws {
        var rig = try rig()
        #expect(try rig.receive(notice(revision: 2)) == Verdict(.stale))
        var empty = Rig(FacilityCore(source: ListedVisits([]), pace: SubmissionPace()))
        #expect(try empty.receive(notice()) == Verdict(.unknownRecord))
        #expect(try rig.receive(notice(.unspecified)).decision == .unreadable)
        #expect(rig.figures.feedback == FeedbackFigures())
    }

    /// Whoever brought a visit by hand can read the words.
    @Test func theStandingOfAVisitByHandHasTheWords() throws {
        var rig = Rig(FacilityCore(source: ListedVisits([]), pace: SubmissionPace()))
        let content = SampleVisit(record).content
        var visit = VisitSubmission()
        visit.name.facilityCode = content.facilityCode
        visit.name.episodeCode = "A"
        visit.administrative = Data(content.administrative)
        var request = SubmitVisits()
        request.visits = [visit]
        let answer = try VisitStandings(decoding: try rig.obey(.submitVisits, request.encoded).bytes)
        let own = try #require(RecordIdentifier(answer.visits[0].recordID))
        var entry = SharingNotice()
        entry.recordID = own.description
        entry.revision = 1
        try rig.receive(SentMessage(entry, own, revision: 1))
        var notice = InsuranceNotice()
        notice.recordID = own.description
        notice.revision = 1
        notice.outcome = .reduced
        notice.amountAccepted = 5
        try rig.receive(SentMessage(notice, own, revision: 1))
        var question = FindVisits()
        question.visits = [visit.name]
        let found = try VisitStandings(decoding: try rig.obey(.findVisits, question.encoded).bytes)
        #expect(found.visits[0].phase == .shared && found.visits[0].insurance == notice)
    }
}
