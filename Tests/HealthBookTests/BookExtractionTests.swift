import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// What a book says to a reader who is no facility, and how it is shown.
@Suite struct BookExtractionTests {
    private let an = SamplePeople.an.registered.citizenNumber
    private let former = SamplePeople.binh.registered.citizenNumber

    private func ask(_ books: HealthBooks, _ parts: RecordPartSet = .blocks) throws -> BookExtract {
        var request = ReadBook()
        request.requestID = RecordIdentifier.sample(99).description
        request.citizenNumber = an.description
        request.purpose = "giám sát"
        let answer = try books.answer(
            ReadModelQuestion(
                .bookExtract, subject: an.number, time: 9_000, releasing: parts, content: request.encoded),
            after: ReadModelChanges())
        return try BookExtract(decoding: try #require(answer).payload)
    }

    private func books() -> HealthBooks {
        var changes = BookChanges()
        var visit = SampleVisit(.sample(1))
        changes.share(visit, of: former.number, at: 1)
        changes.renumber(former.number, to: an.number, at: 2)
        visit.record = .sample(2)
        visit.insurance.ngayVao = "202507020830"
        changes.share(visit, of: an.number, at: 3)
        changes.withdraw(.sample(2), revision: 2, of: an.number, at: 4, because: "nhầm")
        var books = HealthBooks()
        books.apply(changes.changes)
        return books
    }

    @Test func thePersonKeepsTheFirstNumberAsAName() throws {
        let extract = try ask(books())
        #expect(extract.citizenNumber == an.description && extract.firstNumber == former.description)
        #expect(extract.formerNumbers == [former.description])
        #expect(extract.visits.flatMap(\.sources).map(\.recordID) == [RecordIdentifier.sample(1).description])
    }

    @Test func whatTheRulesWithholdIsWithheld() throws {
        let extract = try ask(books(), RecordPartSet([RecordPart.insurance]))
        #expect(!extract.hasPerson && extract.formerNumbers.isEmpty)
        #expect(extract.visits.allSatisfy { $0.clinical == ClinicalBlock() && $0.drugs.isEmpty })
        #expect(
            try ask(books(), RecordPartSet([RecordPart.administrative])).visits.allSatisfy {
                $0.stay == InsuranceBlock()
            })
    }

    @Test func itIsShownAsABookIs() throws {
        let shown = PresentedBook(try ask(books()))
        let whole = try PresentedBook(try #require(try books().book(of: an)), history: false)
        #expect(shown.citizen == whole.citizen && shown.administrative == whole.administrative)
        #expect(shown.visits == whole.visits && shown.formerNumbers == whole.formerNumbers && shown.past == nil)
    }
}
