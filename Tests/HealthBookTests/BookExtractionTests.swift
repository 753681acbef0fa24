import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// What a book says to a reader who is no facility, and how it is shown.
@Suite struct BookExtractionTests {
    private let an = SamplePeople.an.registered.citizenNumber
    private let former = SamplePeople.binh.registered.citizenNumber

    private func ask(
        _ books: HealthBooks, _ parts: RecordPartSet = .blocks, facility: String = ""
    ) throws -> BookExtract {
        var request = ReadBook()
        request.requestID = RecordIdentifier.sample(99).description
        request.citizenNumber = an.description
        request.facilityCode = facility
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

    /// The course and the summary of the medical record go to whoever the rules allow them, without who acted and who signed; a
    /// facility gets neither, whatever the rules say.
    @Test(arguments: [[RecordPart.clinicalDetails, .xml8], [.clinicalDetails], [.xml8], []])
    func courseAndSummaryGoByTheRules(parts: [RecordPart]) throws {
        let visit = SampleVisit(.sample(1))
        var details = ClinicalDetails()
        details.courses = [CourseLine()]
        (details.courses[0].dienBienLs, details.courses[0].nguoiThucHien) = ("đỡ ho", "BS-SECRET")
        var row = CarriedRow()
        row.fields = [("QT_BENHLY", "sốt ba ngày"), ("HO_TEN_ME", "SECRET"), ("MA_TTDV", "SECRET")].map { name, value in
            var field = OtherField()
            (field.name, field.value) = (name, value)
            return field
        }
        var entry = BookEntry()
        (entry.recordID, entry.revision, entry.facilityCode) = (visit.record.description, 1, visit.facilityCode)
        entry.administrative = .init(visit.administrative.encoded)
        entry.insurance = .init(visit.insurance.encoded)
        entry.clinical = .init(visit.clinical.encoded)
        entry.clinicalDetails = .init(details.encoded)
        entry.tables = [CarriedTable(.xml8, rows: [row])]
        var changes = ReadModelChanges()
        changes.append(
            .entry, subject: an.number, record: visit.record, revision: 1, time: 1, content: entry.encoded)
        var books = HealthBooks()
        books.apply(changes)
        let told = try #require(try ask(books, RecordPartSet(parts)).visits.first)
        #expect(told.course.map(\.dienBienLs) == (parts.contains(.clinicalDetails) ? ["đỡ ho"] : []))
        #expect(told.recordSummary.fields.map(\.name) == (parts.contains(.xml8) ? ["QT_BENHLY"] : []))
        #expect(!told.protoJSON.contains("SECRET"))
        let shown = PresentedBook(try ask(books, RecordPartSet(parts))).text
        #expect(shown.contains("sốt ba ngày") == parts.contains(.xml8))
        // A patient of the facility that asks, who has been elsewhere too.
        var own = BookChanges()
        var other = SampleVisit(.sample(2))
        other.facilityCode = "01777"
        other.insurance.ngayVao = "202507020830"
        own.share(other, of: an.number, at: 2)
        books.apply(own.changes)
        let elsewhere = try #require(
            try ask(books, RecordPartSet(parts), facility: "01777").visits.first {
                $0.sources[0].facilityCode != "01777"
            })
        #expect(elsewhere.course.isEmpty && !elsewhere.hasRecordSummary)
    }

    @Test func itIsShownAsABookIs() throws {
        let shown = PresentedBook(try ask(books()))
        let whole = try PresentedBook(try #require(try books().book(of: an)), history: false)
        #expect(shown.citizen == whole.citizen && shown.administrative == whole.administrative)
        #expect(shown.visits == whole.visits && shown.formerNumbers == whole.formerNumbers && shown.past == nil)
    }
}
