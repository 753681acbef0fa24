import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// What VSS says of a visit after it has accepted it.
@Suite struct FeedbackTests {
    private let record = RecordIdentifier.sample(1)

    /// A register that hears of the recall of An's card too late for the assessment.
    private func rig(
        after milliseconds: Int64 = 0, _ duties: Duties = .vss2024, late: Bool = true
    ) throws -> Rig<VSSCore<SampleRegister>> {
        var register = SampleRegister()
        register.insured[SamplePeople.an.insured.socialInsuranceNumber]?.standing = CardStanding(
            .recalled, since: try #require(CivilDate(number: 2025_03_01)), isReportedLate: late)
        return Rig(VSSCore(registry: register, duties: duties, reviewAfter: milliseconds))
    }

    @Test(arguments: [Duties.vss2024, .vss2026]) func aCardRecalledLateIsRefusedAtTheReview(duties: Duties) throws {
        var rig = try rig(after: 5_000, duties)
        let visit = SampleVisit(record)
        if duties == .vss2024 {
            #expect(try rig.receive(visit.acceptedRecord(), record) == Verdict(.accepted))
        } else {
            #expect(try rig.receive(visit.facilityRecord(), record) == Verdict(.accepted))
        }
        #expect(!rig.takeSent().contains { $0.head.type == .assessmentFeedback })
        #expect(rig.figures.feedback.waiting == 1 && rig.figures.feedback.nextAt == rig.now + 5_000)
        rig.now += 4_999
        #expect(try !rig.advance() && rig.takeSent().isEmpty)
        rig.now += 1
        #expect(try !rig.advance())
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.assessmentFeedback] && sent[0].key == record.description)
        let feedback: AssessmentFeedback = try sent[0].decoded()
        #expect(feedback.outcome == .refused && feedback.cardCheckCode == "110" && feedback.duty == .review)
        #expect(feedback.amountClaimed == 8_000_000 && feedback.amountAccepted == 0)
        #expect(feedback.recordID == record.description && feedback.revision == 1 && feedback.facilityCode == "01013")
        #expect(feedback.assessedAt == rig.now - 5_000 && feedback.dueAt > feedback.assessedAt)
        #expect(feedback.lines.map(\.field) == ["MA_THE_BHYT"])
        let type = duties == .vss2024 ? MessageType.acceptedRecord : .facilityRecord
        #expect(sent[0].cause == MessageIdentifier(type, record: record, revision: 1))
        #expect(rig.figures.feedback.waiting == 0 && rig.figures.feedback.nextAt == 0)
        #expect(rig.figures.feedback.refused == 1 && rig.ledger.shared == 1 && rig.state.keptCount == 0)
        #expect(try !rig.advance() && rig.takeSent().isEmpty, "it is said once")
        try rig.checkRows()
    }

    @Test func aCardRecalledInTimeIsRefusedAtOnce() throws {
        var rig = try rig(late: false)
        #expect(try rig.receive(SampleVisit(record).acceptedRecord(), record) == Verdict(.refused, .vssCardRecalled))
        #expect(rig.figures.feedback.waiting == 0)
    }

    @Test func aLaterRevisionTakesBackWhatWaitsAndWhatWasSaid() throws {
        for isSaid in [false, true] {
            var rig = try rig(after: 10)
            var visit = SampleVisit(record)
            try rig.receive(visit.acceptedRecord(), record)
            rig.now += 10
            if isSaid { try rig.advance() }
            #expect(rig.figures.feedback.waiting == (isSaid ? 0 : 1))
            _ = rig.takeSent()
            visit.insurance.maTheBhyt = ""
            #expect(try rig.receive(visit.acceptedRecord(revision: 2), record, revision: 2) == Verdict(.accepted))
            #expect(rig.figures.feedback == FeedbackFigures() && rig.state.keptCount == 0)
            rig.now += 10
            try rig.advance()
            #expect(!rig.takeSent().contains { $0.head.type == .assessmentFeedback })
        }
    }

    @Test func copiesChangeNothing() throws {
        var rig = try rig()
        let visit = SampleVisit(record)
        for _ in 0..<3 {
            try rig.receive(visit.acceptedRecord(), record)
            try rig.advance()
        }
        #expect(rig.takeSent().count { $0.head.type == .assessmentFeedback } == 1)
        #expect(rig.figures.feedback.refused == 1 && rig.ledger.duplicatesIgnored == 2)
    }

    @Test func theBudgetHolds() throws {
        var rig = try rig()
        for number in 1...5 {
            let record = RecordIdentifier.sample(UInt64(number))
            try rig.receive(SampleVisit(record).acceptedRecord(), record)
        }
        _ = rig.takeSent()
        #expect(try rig.advance(budget: 2) && rig.takeSent().count == 2)
        #expect(try rig.advance(budget: 2) && rig.takeSent().count == 2)
        #expect(try !rig.advance(budget: 2) && rig.takeSent().count == 1)
        #expect(rig.figures.feedback.refused == 5 && rig.figures.feedback.nextAt == 0)
    }

    /// Thursday 9 July 2026, 10:00 in Viet Nam: seven working days later it is Monday the 20th.
    @Test func workingDaysLeaveOutWeekends() {
        let thursday: Int64 = 1_783_566_000_000
        #expect(FeedbackDeadline.review(of: thursday) == thursday + 11 * 86_400_000)
        #expect(FeedbackDeadline.summary(of: thursday) == thursday + 48 * 3_600_000)
    }
}
