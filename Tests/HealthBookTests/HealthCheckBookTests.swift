import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// Health checks in the book, and what another facility is told of them.
@Suite struct HealthCheckBookTests {
    private let an = SamplePeople.an.registered.citizenNumber

    private func check(_ number: UInt64, at facility: String = "01013", _ time: String = "202507010840") -> SampleVisit
    {
        var sample = SampleVisit.healthCheck(.sample(number))
        sample.facilityCode = facility
        sample.clinical.healthCheck.maCskcb = facility
        sample.clinical.healthCheck.ngayVao = time
        sample.details = SampleVisit.healthCheckResults
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

    @Test func itStandsBesideVisitsAndVaccinationsTheLatestFirst() throws {
        let book = try book {
            $0.share(check(1, "202506010840"), of: an.number, at: 1_000)
            $0.share(SampleVisit(.sample(2)), of: an.number, at: 2_000)
            $0.share(check(3), of: an.number, at: 3_000)
            $0.share(SampleVisit.vaccination(.sample(4)), of: an.number, at: 4_000)
        }
        #expect(book.visits.flatMap(\.sources).map(\.record) == [.sample(2)])
        #expect(book.vaccinations.flatMap(\.sources).map(\.record) == [.sample(4)])
        #expect(book.healthChecks.flatMap(\.sources).map(\.record) == [.sample(3), .sample(1)])
        #expect(book.records == [.sample(1), .sample(2), .sample(3), .sample(4)] && book.past.isEmpty)
        let shown = try PresentedBook(book, history: false)
        #expect(shown.healthChecks.count == 2 && shown.visits.count == 1 && shown.vaccinations.count == 1)
        let fields = Dictionary(uniqueKeysWithValues: shown.healthChecks[0].fields.map { ($0.name, $0.value) })
        #expect(fields["XML12.PHAN_LOAI_SK"] == "3: trung bình" && fields["XML12.KET_LUAN_BENH"] == "I10;E11.9")
        #expect(fields["XML10.HUYET_AP"] == "120/80" && fields["NGAY_VAO"] == "01/07/2025 08:40")
        #expect(fields["XML8.BINH_THUONG"] == nil, "what the facility left empty is not shown")
        #expect(shown.healthChecks[0].results.map(\.value) == ["5.6 mmol/L; Bình thường"])
        for words in ["KHÁM SỨC KHỎE", "Phân loại sức khỏe", "LẦN KHÁM, CHỮA BỆNH 1", "5.6 mmol/L"] {
            #expect(shown.text.contains(words), "\(shown.text)")
        }
    }

    @Test func aBookOfHealthChecksAloneIsNotEmpty() throws {
        let shown = try PresentedBook(
            try book {
                $0.enrol(an.number, at: 500)
                $0.share(check(1), of: an.number, at: 1_000)
            }, history: false)
        #expect(!shown.isBlank && shown.visits.isEmpty && shown.text.contains("KHÁM SỨC KHỎE"))
        #expect(!shown.text.contains("no visit stands") && !shown.text.contains("no visit yet"))
    }

    @Test func anAmendedOneShowsTheNewestAndAWithdrawnOneIsHistory() throws {
        var changed = check(1)
        changed.clinical.healthCheck.xml12PhanLoaiSk = "2"
        let book = try book {
            $0.share(changed, revision: 2, of: an.number, at: 2_000)
            $0.share(check(1), of: an.number, at: 1_000)
            $0.share(check(2, "202508010840"), of: an.number, at: 1_000)
            $0.withdraw(.sample(2), revision: 2, of: an.number, at: 3_000, because: "nhầm người")
        }
        #expect(book.healthChecks.map(\.check.xml12PhanLoaiSk) == ["2"] && book.visits.isEmpty)
        #expect(book.past.map(\.state) == [.withdrawn("nhầm người"), .superseded(by: 2)])
        let shown = try PresentedBook(book, history: true)
        #expect(
            shown.past?.allSatisfy {
                $0.visit == nil && $0.vaccination == nil && $0.healthCheck?.fields.isEmpty == false
            } == true)
        #expect(shown.text.contains("ĐÃ RÚT (withdrawn), bản 1") && shown.text.contains("nhầm người"))
    }

    /// One check under two numbers stands once; another time, class or facility is another check.
    @Test func oneCheckTwiceStandsOnce() throws {
        var otherClass = check(3)
        otherClass.clinical.healthCheck.xml12PhanLoaiSk = "4"
        let fill: (inout BookChanges) -> Void = { [an] changes in
            changes.share(self.check(2), of: an.number, at: 2_000)
            changes.share(self.check(1), of: an.number, at: 1_000)
            changes.share(otherClass, of: an.number, at: 3_000)
            changes.share(self.check(4, at: "79013"), of: an.number, at: 4_000)
        }
        let book = try book(fill)
        #expect(
            book.healthChecks.map { $0.sources.map(\.record) } == [
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
        request.purpose = "khám"
        let question = ReadModelQuestion(
            .sharedHistory, subject: an.number, time: 9_000, releasing: parts, content: request.encoded)
        let answer = try #require(try books.answer(question, after: ReadModelChanges()))
        let inquiry = try answer.changes.changes.first.map {
            try HistoryInquiry(decoding: Array(answer.changes.content(of: $0)))
        }
        let history = try SharedHistory(decoding: answer.payload)
        #expect(inquiry?.healthChecks == UInt32(history.healthChecks.count))
        return history
    }

    /// A facility that examined the person is told of checks elsewhere: conclusions and signs, and not who examined.
    @Test func aFacilityIsToldOfChecksElsewhere() throws {
        let books = books {
            $0.share(check(1), of: an.number, at: 1_000)
            $0.share(check(2, at: "79013", "202508010840"), of: an.number, at: 2_000)
            $0.share(check(3, at: "79013", "202506010840"), of: an.number, at: 3_000)
            $0.withdraw(.sample(3), revision: 2, of: an.number, at: 4_000, because: "nhầm")
        }
        let history = try ask(books, from: "01013")
        #expect(history.refusalCode.isEmpty && history.visits.isEmpty && history.vaccinations.isEmpty)
        #expect(history.healthChecks.map { $0.sources.map(\.facilityCode) } == [["79013"]])
        let told = history.healthChecks[0]
        #expect(told.healthCheck.xml12PhanLoaiSk == "3" && told.results.map(\.giaTri) == ["5.6"])
        #expect(told.healthCheck.tables.isEmpty && told.healthCheck.doiTuong.isEmpty)
        #expect(!history.protoJSON.contains("BS-NỘI") && !history.protoJSON.contains("NGUYỄN"))
        let text = PresentedHistory(history).text
        #expect(text.contains("KHÁM SỨC KHỎE") && !text.contains("no visit elsewhere"))
        #expect(try ask(books, from: "48013").refusalCode == "moh.not-its-patient")
        #expect(try ask(books, from: "01013", RecordPartSet([.insurance])).healthChecks.isEmpty)
        let withoutRows = try ask(books, from: "01013", RecordPartSet([.clinical]))
        #expect(withoutRows.healthChecks.map(\.results) == [[]])
    }
}
