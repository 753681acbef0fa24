import ExchangeSchema
import PartyCore
import Vocabulary

/// What a reader may have of a book, decided by the book. Simulator-defined: no public text gives the rules or the codes.
///
/// | the reader                                        | answer                                              |
/// |---------------------------------------------------|-----------------------------------------------------|
/// | anybody, and there is no book                     | refused `moh.person-unknown`                        |
/// | a facility                                        | as ``HistoryRelease``: its patients, from elsewhere |
/// | a province in which the person lives              | person, visits, vaccinations, by its release rules  |
/// | another province                                  | refused `moh.not-its-patient`                       |
/// | the ministry                                      | the same of everybody                               |
///
/// Of tables and fields nobody is told more than ``HistoryTables`` names; whoever is no facility has the card, the course and
/// the summary of the medical record besides. Whoever asked for a person with a book is noted in it, with what came of it.
enum BookExtraction {
    static func answer(
        to request: ReadBook, by book: HealthBook?, releasing parts: RecordPartSet, at time: Int64
    ) -> ReadModelAnswer {
        var extract = blank(request, at: time)
        guard let book, let number = book.numbers.first else {
            return refused(.mohPersonUnknown, "somebody with this number has a health book", &extract)
        }
        if !request.facilityCode.isEmpty {
            guard book.hasPatient(of: request.facilityCode) else {
                return refused(
                    .mohNotItsPatient,
                    "a visit, vaccination or health check of the person at the facility that asks stands in the health book",
                    &extract, noted: request, number, time)
            }
            extract.takeIn(book, notOf: request.facilityCode, parts)
        } else {
            guard request.province.isEmpty || request.province == province(of: book, request) else {
                return refused(
                    .mohNotItsPatient, "the person lives in the province that asks", &extract, noted: request, number,
                    time)
            }
            extract.visits = book.visits.map { HistoryTables.released($0, parts) }
            extract.takeInEvents(book, parts) { _ in true }
            identify(&extract, book, parts)
        }
        name(&extract, book)
        var answer = ReadModelAnswer(payload: extract.encoded)
        note(request, extract, number, time, in: &answer)
        return answer
    }

    /// The answer where the book cannot be read.
    static func unreadable(_ request: ReadBook, at time: Int64) -> ReadModelAnswer {
        var extract = blank(request, at: time)
        return refused(.mohNoBook, "every visit in the person's health book can be read", &extract)
    }

    private static func blank(_ request: ReadBook, at time: Int64) -> BookExtract {
        var extract = BookExtract()
        extract.requestID = request.requestID
        extract.citizenNumber = request.citizenNumber
        extract.answeredAt = time
        return extract
    }

    /// The numbers by which the person is known.
    private static func name(_ extract: inout BookExtract, _ book: HealthBook) {
        func text(_ number: UInt64?) -> String { number.flatMap { CitizenNumber(number: $0)?.description } ?? "" }
        if let current = book.numbers.first { extract.citizenNumber = text(current) }
        extract.firstNumber = text(book.numbers.last)
    }

    /// Who the person is.
    private static func identify(_ extract: inout BookExtract, _ book: HealthBook, _ parts: RecordPartSet) {
        guard parts.contains(.administrative) else { return }
        extract.formerNumbers = book.numbers.dropFirst().compactMap { CitizenNumber(number: $0)?.description }
        if let latest = book.latest, let person = try? AdministrativeBlock(decoding: latest.administrative) {
            extract.person = person
        }
        guard let enrolment = book.enrolment else { return }
        extract.enrolment = enrolment.person
        extract.enrolledAt = enrolment.time
    }

    /// Where the person lives: by C06 where it has reported a move, else by the newest entry, else by C06 at the enrolment.
    private static func province(of book: HealthBook, _ request: ReadBook) -> String {
        if !request.residentProvince.isEmpty { return request.residentProvince }
        guard let latest = book.latest else { return book.enrolment?.person.residentProvince ?? "" }
        let written = (try? AdministrativeBlock(decoding: latest.administrative))?.matinhCuTru ?? ""
        return FormerProvince(twoDigits: written)?.province.code ?? ""
    }

    private static func refused(
        _ reason: ReasonCode, _ rule: String, _ extract: inout BookExtract, noted request: ReadBook? = nil,
        _ citizen: UInt64 = 0, _ time: Int64 = 0
    ) -> ReadModelAnswer {
        extract.refusalCode = reason.text
        extract.rule = rule
        var answer = ReadModelAnswer(payload: extract.encoded, reason: reason)
        if let request { note(request, extract, citizen, time, in: &answer) }
        return answer
    }

    private static func note(
        _ request: ReadBook, _ extract: BookExtract, _ citizen: UInt64, _ time: Int64, in answer: inout ReadModelAnswer
    ) {
        var inquiry = HistoryInquiry()
        inquiry.requestID = request.requestID
        inquiry.facilityCode = request.facilityCode
        if request.facilityCode.isEmpty {
            inquiry.reader = request.province.isEmpty ? "ministry" : "province \(request.province)"
        }
        inquiry.officer = request.officer
        inquiry.purpose = request.purpose
        answer.note(inquiry, about: extract, citizen: citizen, at: time)
    }
}
