import ExchangeSchema
import PartyCore
import Vocabulary

/// What a facility is told of a patient from elsewhere, decided by the book. Simulator-defined: no public text gives the
/// rules or the codes.
///
/// | the book                                          | answer                                  |
/// |---------------------------------------------------|-----------------------------------------|
/// | is none                                           | refused `moh.person-unknown`            |
/// | has a visit whose tables cannot be read           | refused `moh.no-book`                   |
/// | has nothing of the facility that stands           | refused `moh.not-its-patient`           |
/// | has nothing of another facility that stands       | no visits, no vaccinations, no checks   |
/// | any other                                         | those, by ``HistoryTables``             |
///
/// A patient is the facility's own when a visit, a vaccination or a health check there stands in the book: then C06 has confirmed who it is. A visit that is
/// on its way is no ground, nor is one that was withdrawn or belongs to another person since. What stands is the newest
/// revision, and one visit that came twice is one. Whoever has a book is noted in it, with what came of the request.
enum HistoryRelease {
    static func answer(
        to request: HistoryRequest, by book: HealthBook?, releasing parts: RecordPartSet, at time: Int64
    ) -> ReadModelAnswer {
        var history = SharedHistory()
        history.requestID = request.requestID
        history.facilityCode = request.facilityCode
        history.citizenNumber = request.citizenNumber
        history.answeredAt = time
        guard let book, let number = book.numbers.first else {
            return refused(.mohPersonUnknown, "somebody with this number has a health book", &history)
        }
        guard book.hasPatient(of: request.facilityCode) else {
            var answer = refused(
                .mohNotItsPatient,
                "a visit, vaccination or health check of the person at the facility that asks stands in the health book",
                &history)
            note(request, history, number, time, in: &answer)
            return answer
        }
        if let current = CitizenNumber(number: number) { history.citizenNumber = current.description }
        history.takeIn(book, notOf: request.facilityCode, parts)
        var answer = ReadModelAnswer(payload: history.encoded)
        note(request, history, number, time, in: &answer)
        return answer
    }

    /// The answer where the book cannot be read.
    static func unreadable(_ request: HistoryRequest, at time: Int64) -> ReadModelAnswer {
        var history = SharedHistory()
        history.requestID = request.requestID
        history.facilityCode = request.facilityCode
        history.citizenNumber = request.citizenNumber
        history.answeredAt = time
        return refused(.mohNoBook, "every visit in the person's health book can be read", &history)
    }

    private static func refused(
        _ reason: ReasonCode, _ rule: String, _ history: inout SharedHistory
    ) -> ReadModelAnswer {
        history.refusalCode = reason.text
        history.rule = rule
        return ReadModelAnswer(payload: history.encoded, reason: reason)
    }

    private static func note(
        _ request: HistoryRequest, _ history: SharedHistory, _ citizen: UInt64, _ time: Int64,
        in answer: inout ReadModelAnswer
    ) {
        var inquiry = HistoryInquiry()
        inquiry.requestID = request.requestID
        inquiry.facilityCode = request.facilityCode
        inquiry.officer = request.officer
        inquiry.purpose = request.purpose
        answer.note(inquiry, about: history, citizen: citizen, at: time)
    }
}

extension HealthBook {
    /// Whether something at a facility stands: then the person is its patient.
    func hasPatient(of facilityCode: String) -> Bool { sources.contains { $0.facilityCode == facilityCode } }
}

extension BookVisit {
    /// Whether a facility reported it, alone or beside others.
    func isOf(_ facilityCode: String) -> Bool { sources.contains { $0.facilityCode == facilityCode } }
}
