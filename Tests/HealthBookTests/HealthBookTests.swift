import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing

/// What a book shows of what it was told: the newest, once, whatever the order.
@Suite struct HealthBookTests {
    private let an = SamplePeople.an.registered.citizenNumber

    private func books(_ fill: (inout BookChanges) -> Void) -> HealthBooks {
        var changes = BookChanges()
        fill(&changes)
        var books = HealthBooks()
        books.apply(changes.changes)
        return books
    }

    private func check(_ value: String = "5.6", at time: String = "202507010930") -> ClinicalDetails {
        var line = ResultLine()
        (line.maDichVu, line.maChiSo, line.tenChiSo) = ("23.0075.1494", "GLU", "Glucose")
        (line.giaTri, line.donViDo, line.ngayKq) = (value, "mmol/L", time)
        var details = ClinicalDetails()
        details.results = [line]
        return details
    }

    @Test func nobodyHasABookBeforeSomethingIsKnown() throws {
        #expect(try HealthBooks().book(of: an) == nil)
    }

    @Test func theNewestRevisionStandsAndTheOthersAreHistory() throws {
        var corrected = SampleVisit(.sample(1))
        corrected.clinical.maBenhChinh = "J20.9"
        let book = try #require(
            try books {
                $0.share(corrected, revision: 2, of: an.number, at: 2_000)
                $0.share(SampleVisit(.sample(1)), revision: 1, of: an.number, at: 1_000)
            }.book(of: an))
        #expect(book.visits.map(\.clinical.maBenhChinh) == ["J20.9"])
        #expect(book.past.map(\.state) == [.superseded(by: 2)])
        #expect(book.past.map(\.until) == [2_000] && book.past.map(\.time) == [1_000])
    }

    @Test func aWithdrawnVisitIsHistoryAndANewerRevisionBringsItBack() throws {
        var changes = BookChanges()
        changes.share(SampleVisit(.sample(1)), of: an.number, at: 1_000)
        changes.withdraw(.sample(1), revision: 1, of: an.number, at: 1_500, because: "nhầm người bệnh")
        var books = HealthBooks()
        books.apply(changes.changes)
        var book = try #require(try books.book(of: an))
        #expect(book.visits.isEmpty && book.past.map(\.state) == [.withdrawn("nhầm người bệnh")])
        #expect(book.records == [.sample(1)])

        var again = BookChanges()
        again.share(SampleVisit(.sample(1)), revision: 2, of: an.number, at: 2_000)
        books.apply(again.changes)
        book = try #require(try books.book(of: an))
        #expect(book.visits.count == 1 && book.past.map(\.state) == [.superseded(by: 2)])
    }

    @Test func aVisitOfWhichALaterRevisionIsAnotherPersonsIsHistoryUntilItComesBack() throws {
        let binh = SamplePeople.binh.registered.citizenNumber
        var changes = BookChanges()
        changes.depart(.sample(1), revision: 2, of: an.number, at: 2_000)
        changes.share(SampleVisit(.sample(1)), of: an.number, at: 1_000)
        changes.share(SampleVisit(.sample(1)), revision: 2, of: binh.number, at: 2_000)
        var books = HealthBooks()
        books.apply(changes.changes)
        let book = try #require(try books.book(of: an))
        #expect(book.visits.isEmpty && book.past.map(\.state) == [.superseded(by: 2)])
        #expect(book.past.map(\.until) == [2_000] && book.latest == nil)
        #expect(try books.book(of: binh)?.visits.count == 1)

        var again = BookChanges()
        again.share(SampleVisit(.sample(1)), revision: 3, of: an.number, at: 3_000)
        books.apply(again.changes)
        #expect(try books.book(of: an)?.visits.flatMap(\.sources).map(\.revision) == [3])
    }

    /// MoH may hear only afterwards that the two are one person.
    @Test func aVisitThatWentToAnotherNumberOfTheSamePersonStands() throws {
        let book = try #require(
            try books {
                $0.share(SampleVisit(.sample(1)), of: 1_085_900_001, at: 1_000)
                $0.depart(.sample(1), revision: 2, of: 1_085_900_001, at: 2_000)
                $0.share(SampleVisit(.sample(1)), revision: 2, of: an.number, at: 2_000)
                $0.renumber(1_085_900_001, to: an.number, at: 3_000)
            }.book(of: an))
        #expect(book.visits.flatMap(\.sources).map(\.revision) == [2])
        #expect(book.past.map(\.state) == [.superseded(by: 2)])
    }

    @Test func oneVisitByTwoRoadsIsShownOnceWithBothSources() throws {
        var other = SampleVisit(.sample(2))
        let book = try #require(
            try books {
                $0.share(other, of: an.number, at: 2_000)
                $0.share(SampleVisit(.sample(1)), of: an.number, at: 1_000)
            }.book(of: an))
        #expect(book.visits.count == 1 && book.visits[0].sources.map(\.record) == [.sample(1), .sample(2)])

        // Another time of admission is another visit.
        other.insurance.ngayVao = "202507010831"
        let two = try #require(
            try books {
                $0.share(other, of: an.number, at: 2_000)
                $0.share(SampleVisit(.sample(1)), of: an.number, at: 1_000)
            }.book(of: an))
        #expect(two.visits.count == 2)
    }

    @Test(arguments: [("202507010930", "5.6", 1), ("202507020930", "5.6", 2), ("202507010930", "5.7", 2)])
    func oneCheckAtTwoFacilitiesIsShownOnceWithBothSources(time: String, value: String, expected: Int) throws {
        var elsewhere = SampleVisit(.sample(2))
        elsewhere.facilityCode = "79013"
        elsewhere.insurance.ngayVao = "202507020800"
        let book = try #require(
            try books {
                $0.share(SampleVisit(.sample(1)), details: check(), of: an.number, at: 1_000)
                $0.share(elsewhere, details: check(value, at: time), of: an.number, at: 2_000)
            }.book(of: an))
        let results = book.visits.flatMap(\.results)
        #expect(book.visits.count == 2 && results.count == expected)
        if expected == 1 { #expect(results[0].facilityCodes == [SamplePeople.facilityCode, "79013"]) }
    }

    @Test func theNumberInForceWinsAndFormerOnesLeadToIt() throws {
        let (first, second) = (UInt64(1_085_900_001), UInt64(1_085_900_002))
        let books = books {
            $0.share(SampleVisit(.sample(1)), of: first, at: 1_000)
            $0.renumber(first, to: second, at: 1_100)
            $0.renumber(second, to: an.number, at: 1_200)
            $0.share(SampleVisit(.sample(3)), of: an.number, at: 2_000)
        }
        for number in [first, second, an.number] {
            let citizen = try #require(CitizenNumber(number: number))
            let book = try #require(try books.book(of: citizen))
            #expect(book.numbers == [an.number, second, first] && book.records == [.sample(1), .sample(3)])
        }
    }

    @Test func anErasedCitizenHasNoBookUnderAnyNumber() throws {
        let books = books {
            $0.share(SampleVisit(.sample(1)), of: 1_085_900_001, at: 1_000)
            $0.renumber(1_085_900_001, to: an.number, at: 1_100)
            $0.share(SampleVisit(.sample(2)), of: 1_085_900_009, at: 1_000)
            $0.erase(an.number, at: 3_000)
        }
        #expect(try books.book(of: an) == nil && books.citizens == [1_085_900_009])
    }

    /// Any order, copies, revisions, withdrawals: the same book.
    @Test(arguments: 1...40) func theOrderOfWhatIsToldDoesNotMatter(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var told = BookChanges()
        for number in UInt64(1)...UInt64.random(in: 1...5, using: &generator) {
            for revision in UInt32(1)...UInt32.random(in: 1...4, using: &generator) {
                var visit = SampleVisit(.sample(number))
                visit.facilityCode = Bool.random(using: &generator) ? SamplePeople.facilityCode : "79013"
                visit.clinical.ghiChu = "revision \(revision)"
                let time = Int64.random(in: 1_000...9_000, using: &generator)
                told.share(visit, revision: revision, details: check(), of: an.number, at: time)
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    told.withdraw(.sample(number), revision: revision, of: an.number, at: time + 1, because: "r\(time)")
                }
            }
        }
        var books = HealthBooks()
        books.apply(told.changes)
        let expected = try books.book(of: an)
        for _ in 0..<10 {
            var other = HealthBooks()
            other.apply(told.reordered(using: &generator, copies: 5).changes)
            #expect(try other.book(of: an) == expected)
        }
    }

    @Test func theProfileShowsWhatAPersonReadsAndNoMoney() throws {
        let book = try #require(
            try books { $0.share(SampleVisit(.sample(1)), details: check(), of: an.number, at: 1_000) }.book(of: an))
        let shown = try PresentedBook(book, history: false)
        #expect(shown.profile.name == "QD1332-46" && shown.citizen == an.description)
        #expect(shown.administrative.first?.label == "Họ và tên")
        #expect(shown.visits[0].fields.contains { $0.label == "Ngày vào" && $0.value == "01/07/2025 08:30" })
        #expect(shown.visits[0].results.map(\.value) == ["5.6 mmol/L"])
        #expect(shown.text.contains("Glucose") && !shown.text.contains("100000"), "\(shown.text)")
        #expect(shown.past == nil && shown.pastCount == 0)
    }
}
