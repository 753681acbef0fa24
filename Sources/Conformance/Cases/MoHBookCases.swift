import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// What becomes of records that are in the book: amendments, withdrawals, moves, later words of VSS; and what of a visit goes
/// to whom.
struct MoHBookCases {
    let desk: CaseDesk
    let moh: MoHCases

    private var answers: MoHAnswerCases { MoHAnswerCases(desk: desk, moh: moh) }

    var all: [ConformanceCase] {
        [leastData, amended, amendedElsewhere, amendmentRefused, withdrawn]
            + [feedback, feedbackRefused, moved, historyWithoutPurpose].compactMap(\.self)
    }

    private var leastData: ConformanceCase {
        var visit = moh.visit("moh.least-data")
        let parts: [RecordPart] = [.xml0, .xml6, .xml7, .xml8, .xml10, .xml15]
        visit.tables = parts.map(CarriedTable.marked)
        return ConformanceCase(
            "moh.least-data",
            "of the tables each reader has what the topology releases to it: of HIV (XML6) nobody hears from MoH",
            source: CaseSource.leastData, [moh.submit(visit)], answers.answers(visit))
    }

    private var amended: ConformanceCase {
        let first = moh.visit("moh.book-amended")
        var second = moh.visit("moh.book-amended", revision: 2)
        second.clinical.maBenhChinh = "J18.9"
        return ConformanceCase(
            "moh.book-amended", "an amendment of what is in the book is a new entry of the same record",
            source: CaseSource.copies, [moh.submit(first)], answers.answers(first), [moh.submit(second)],
            answers.answers(second))
    }

    private var amendedElsewhere: ConformanceCase {
        let first = moh.visit("moh.book-amended-province")
        var second = moh.visit("moh.book-amended-province", revision: 2)
        second.administrative.matinhCuTru = "48"
        return ConformanceCase(
            "moh.book-amended-province",
            "an amendment that belongs to another province goes there, and the former one is told that it has left",
            source: CaseSource.book, [moh.submit(first)], answers.answers(first), [moh.submit(second)],
            answers.answers(second))
    }

    private var amendmentRefused: ConformanceCase {
        let first = moh.visit("moh.amendment-refused")
        var second = moh.visit("moh.amendment-refused", revision: 2)
        second.clinical.maBenhChinh = "?1"
        return ConformanceCase(
            "moh.amendment-refused", "an amendment that is refused is returned, and the book keeps what it has",
            source: CaseSource.copies, [moh.submit(first)], answers.answers(first), [moh.submit(second)])
    }

    private var withdrawn: ConformanceCase {
        let visit = moh.visit("moh.book-withdrawn")
        return ConformanceCase(
            "moh.book-withdrawn",
            "what is taken back leaves the book: the province, VSS or C06 and the facility are told",
            source: CaseSource.withdrawal, [moh.submit(visit)], answers.answers(visit),
            [IntakeCases(desk: desk, prefix: "moh", submit: moh.submit).withdrawal("moh.book-withdrawn", revision: 2)])
    }

    private func feedback(
        _ visit: ConformanceVisit, _ change: (inout AssessmentFeedback) -> Void
    ) -> CaseMessage? {
        guard desk.topology.topic(carrying: .assessmentFeedback) != nil else { return nil }
        var feedback = AssessmentFeedback()
        feedback.recordID = visit.record.description
        feedback.revision = visit.revision
        feedback.facilityCode = ConformanceVisit.facility
        feedback.outcome = .reduced
        feedback.duty = .summary
        feedback.amountClaimed = 8_000_000
        feedback.amountAccepted = 5_000_000
        feedback.assessedAt = desk.now
        feedback.dueAt = desk.now + 172_800_000
        change(&feedback)
        return desk.message(feedback)
    }

    private var feedback: ConformanceCase? {
        let visit = moh.visit("moh.feedback")
        guard let feedback = feedback(visit, { _ in }) else { return nil }
        return ConformanceCase(
            "moh.feedback", "what VSS says of a visit that is in the book is told its facility, once",
            source: CaseSource.feedback, [moh.submit(visit)], answers.answers(visit), [feedback], [feedback])
    }

    private var feedbackRefused: ConformanceCase? {
        let visit = moh.visit("moh.feedback-early")
        guard
            let feedback = feedback(
                visit,
                {
                    ($0.outcome, $0.duty, $0.amountAccepted, $0.cardCheckCode) = (.refused, .review, 0, "110")
                })
        else { return nil }
        return ConformanceCase(
            "moh.feedback-early", "what VSS says before the record is in the book is told when it is",
            source: CaseSource.feedback, [moh.submit(visit)], [feedback], answers.answers(visit))
    }

    private var moved: ConformanceCase? {
        guard desk.topology.topic(carrying: .civilStatus) != nil, desk.topology.topic(carrying: .bookHandover) != nil
        else { return nil }
        let visit = moh.visit("moh.handover")
        var change = CivilStatusChange()
        change.citizenNumber = visit.administrative.soCccd
        change.kind = .moved
        change.happenedOn = "20260701"
        (change.province, change.formerProvince) = ("48", "01")
        change.reportedAt = desk.now
        let identifier = MessageIdentifier(.civilStatus, about: "\(desk.run)|\(change.citizenNumber)")
        let message = desk.message(
            .civilStatus, identifier, about: visit.record, key: change.citizenNumber, value: change.encoded)
        return ConformanceCase(
            "moh.handover", "when somebody moves, the former and the new province are told of each record",
            source: CaseSource.book, [moh.submit(visit)], answers.answers(visit), [message])
    }

    private var historyWithoutPurpose: ConformanceCase? {
        guard desk.topology.topic(carrying: .historyRequest) != nil else { return nil }
        let name = "moh.history-without-purpose"
        let record = desk.record(name)
        var request = HistoryRequest()
        request.requestID = record.description
        request.facilityCode = ConformanceVisit.facility
        request.citizenNumber = moh.number(name)
        request.askedAt = desk.now
        return ConformanceCase(
            name, "a request for a shared history without a purpose is not granted: moh.purpose-missing",
            source: "histories.proto (simulator-defined)", reason: .mohPurposeMissing,
            [
                desk.message(
                    .historyRequest, MessageIdentifier(.historyRequest, record: record, revision: 1), about: record,
                    key: request.citizenNumber, value: request.encoded, facility: ConformanceVisit.facility)
            ])
    }
}
