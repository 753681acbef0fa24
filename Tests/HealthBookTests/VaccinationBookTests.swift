import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// Vaccinations in the book, and what another facility is told of them.
@Suite struct VaccinationBookTests {
    private let an = SamplePeople.an.registered.citizenNumber

    private func dose(_ number: UInt64, at facility: String = "01013", _ time: String = "202507010840") -> SampleVisit {
        var sample = SampleVisit.vaccination(.sample(number))
        sample.facilityCode = facility
        sample.clinical.vaccination.ngayTiem = time
        return sample
    }

    private func books(_ fill: (inout BookChanges) -> Void) -> HealthBooks {
        var changes = BookChanges()
        fill(&changes)
        var books = HealthBooks()
        books.apply(changes.changes)
        return books
    }

    private func book(_ fill: (inout BookChanges) -> Void) throws -> HealthBook {
        try #require(try books(fill).book(of: an))
    }

    @Test func itStandsBesideVisitsTheLatestFirst() throws {
        let book = try book {
            $0.share(dose(1, "202506010840"), of: an.number, at: 1_000)
            $0.share(SampleVisit(.sample(2)), of: an.number, at: 2_000)
            $0.share(dose(3), of: an.number, at: 3_000)
        }
        #expect(book.visits.flatMap(\.sources).map(\.record) == [.sample(2)])
        #expect(book.vaccinations.flatMap(\.sources).map(\.record) == [.sample(3), .sample(1)])
        #expect(book.records == [.sample(1), .sample(2), .sample(3)] && book.past.isEmpty)
        let shown = try PresentedBook(book, history: false)
        #expect(shown.vaccinations.count == 2 && shown.visits.count == 1 && !shown.administrative.isEmpty)
        let fields = Dictionary(uniqueKeysWithValues: shown.vaccinations[0].fields.map { ($0.name, $0.value) })
        #expect(fields["TEN_VACXIN"] == "Vắc xin viêm gan B" && fields["SO_MUI"] == "2" && fields["SO_LO"] == "L-001")
        #expect(fields["NGAY_TIEM"] == "01/07/2025 08:40" && fields["NGAY_HEN"] == "01/08/2025")
        #expect(fields["PHAN_UNG"] == nil, "what the facility left empty is not shown")
        for words in ["TIÊM CHỦNG", "Vắc xin viêm gan B", "LẦN KHÁM, CHỮA BỆNH 1"] {
            #expect(shown.text.contains(words), "\(shown.text)")
        }
    }

    @Test func aBookOfVaccinationsAloneIsNotEmpty() throws {
        let shown = try PresentedBook(
            try book {
                $0.enrol(an.number, at: 500)
                $0.share(dose(1), of: an.number, at: 1_000)
            }, history: false)
        #expect(!shown.isBlank && shown.visits.isEmpty && shown.text.contains("TIÊM CHỦNG"))
        #expect(!shown.text.contains("no visit stands") && !shown.text.contains("no visit yet"))
        #expect(shown.administrative.contains { $0.value == SamplePeople.an.registered.fullName })
    }

    @Test func anAmendedOneShowsTheNewestAndAWithdrawnOneIsHistory() throws {
        var changed = dose(1)
        changed.clinical.vaccination.phanUng = "Sốt nhẹ"
        let book = try book {
            $0.share(changed, revision: 2, of: an.number, at: 2_000)
            $0.share(dose(1), of: an.number, at: 1_000)
            $0.share(dose(2, "202508010840"), of: an.number, at: 1_000)
            $0.withdraw(.sample(2), revision: 2, of: an.number, at: 3_000, because: "nhầm người")
        }
        #expect(book.vaccinations.map(\.vaccination.phanUng) == ["Sốt nhẹ"] && book.visits.isEmpty)
        #expect(book.past.map(\.state) == [.withdrawn("nhầm người"), .superseded(by: 2)])
        let shown = try PresentedBook(book, history: true)
        #expect(shown.past?.allSatisfy { $0.visit == nil && $0.vaccination?.fields.isEmpty == false } == true)
        #expect(shown.text.contains("ĐÃ RÚT (withdrawn), bản 1") && shown.text.contains("nhầm người"))
        #expect(try PresentedBook(book, history: false).text.contains("2 revisions do not stand any more"))
    }

    /// One dose that two facilities report, or one facility under two numbers, stands once; other doses are other ones.
    @Test func oneDoseByTwoRoadsStandsOnce() throws {
        var third = dose(3)
        third.clinical.vaccination.soMui = "3"
        let fill: (inout BookChanges) -> Void = { [an] changes in
            changes.share(self.dose(2, at: "79013"), of: an.number, at: 2_000)
            changes.share(self.dose(1), of: an.number, at: 1_000)
            changes.share(third, of: an.number, at: 3_000)
            changes.share(self.dose(4, "202507010841"), of: an.number, at: 4_000)
        }
        let book = try book(fill)
        #expect(
            book.vaccinations.map { $0.sources.map(\.record) } == [
                [.sample(4)], [.sample(3)], [.sample(1), .sample(2)],
            ])
        var changes = BookChanges()
        fill(&changes)
        for seed: UInt64 in 1...10 {
            var generator = SeededGenerator(seed: seed)
            var other = HealthBooks()
            other.apply(changes.reordered(using: &generator, copies: 6).changes)
            #expect(try other.book(of: an) == book)
        }
    }

    private func ask(
        _ books: HealthBooks, from facility: String, _ parts: RecordPartSet = .blocks
    ) throws -> SharedHistory {
        var request = HistoryRequest()
        request.requestID = RecordIdentifier.sample(99).description
        request.facilityCode = facility
        request.citizenNumber = an.description
        request.purpose = "tiêm mũi sau"
        let question = ReadModelQuestion(
            .sharedHistory, subject: an.number, time: 9_000, releasing: parts, content: request.encoded)
        let answer = try #require(try books.answer(question, after: ReadModelChanges()))
        let inquiry = try answer.changes.changes.first.map {
            try HistoryInquiry(decoding: Array(answer.changes.content(of: $0)))
        }
        let history = try SharedHistory(decoding: answer.payload)
        #expect(inquiry?.vaccinations == UInt32(history.vaccinations.count))
        return history
    }

    /// Whoever vaccinated is told of visits, and of vaccinations elsewhere, without the name of who gave them.
    @Test func aFacilityIsToldOfVaccinationsElsewhere() throws {
        let books = books {
            $0.share(dose(1), of: an.number, at: 1_000)
            $0.share(dose(2, at: "79013", "202508010840"), of: an.number, at: 2_000)
            $0.share(dose(3, at: "79013", "202506010840"), of: an.number, at: 3_000)
            $0.withdraw(.sample(3), revision: 2, of: an.number, at: 4_000, because: "nhầm")
        }
        let history = try ask(books, from: "01013")
        #expect(history.refusalCode.isEmpty && history.visits.isEmpty)
        #expect(history.vaccinations.map { $0.sources.map(\.facilityCode) } == [["79013"]])
        #expect(history.vaccinations[0].vaccination.ngayTiem == "202508010840")
        #expect(!history.protoJSON.contains("000001/HNO-CCHN") && !history.protoJSON.contains("NGUYỄN"))
        let text = PresentedHistory(history).text
        #expect(text.contains("TIÊM CHỦNG") && !text.contains("no visit elsewhere"))
        #expect(try ask(books, from: "48013").refusalCode == "moh.not-its-patient")
        #expect(try ask(books, from: "01013", RecordPartSet([.insurance])).vaccinations.isEmpty)
    }
}
