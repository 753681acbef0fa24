import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing

/// A book that was opened before any visit, and what it shows.
@Suite struct EnrolledBookTests {
    private let an = SamplePeople.an.registered.citizenNumber

    private func book(_ fill: (inout BookChanges) -> Void) throws -> HealthBook? {
        var changes = BookChanges()
        fill(&changes)
        var books = HealthBooks()
        books.apply(changes.changes)
        return try books.book(of: an)
    }

    @Test func anEmptyBookShowsWhoThePersonIsAndThatItIsEmpty() throws {
        let shown = try PresentedBook(try #require(try book { $0.enrol(an.number, at: 1_000) }), history: false)
        #expect(shown.isBlank && shown.enrolledAt == 1_000 && shown.visits.isEmpty)
        let fields = shown.administrative.map { [$0.name, $0.value] }
        #expect(
            fields == [
                ["HO_TEN", "NGUYỄN VĂN AN"], ["NGAY_SINH", "17/03/1985"], ["GIOI_TINH", "nam"],
                ["MATINH_CU_TRU", "01"], ["MA_BHXH", "0123456789"], ["MA_DKBD", "01013"],
            ])
        #expect(shown.text.contains("the book is open and has no visit yet") && !shown.text.contains("no visit stands"))
    }

    @Test func aVisitSaysWhoThePersonIsOnceThereIsOne() throws {
        let found = try book {
            $0.enrol(an.number, name: "TÊN TRONG SỔ ĐĂNG KÝ", at: 1_000)
            $0.share(SampleVisit(.sample(1)), of: an.number, at: 2_000)
        }
        let shown = try PresentedBook(try #require(found), history: false)
        #expect(!shown.isBlank && shown.enrolledAt == 1_000 && shown.visits.count == 1)
        #expect(!shown.administrative.contains { $0.value == "TÊN TRONG SỔ ĐĂNG KÝ" || $0.name == "MA_BHXH" })
        #expect(shown.text.contains("opened before any visit"))
    }

    @Test func anEnrolledBookWhoseVisitWasWithdrawnIsNotBlank() throws {
        let found = try book {
            $0.enrol(an.number, at: 1_000)
            $0.share(SampleVisit(.sample(1)), of: an.number, at: 2_000)
            $0.withdraw(.sample(1), revision: 1, of: an.number, at: 3_000, because: "nhầm")
        }
        let shown = try PresentedBook(try #require(found), history: false)
        #expect(!shown.isBlank && shown.text.contains("no visit stands"))
        #expect(shown.administrative.first?.value == "NGUYỄN VĂN AN")
    }

    @Test func nobodyIsEnrolledTwiceUnderAnyNumber() throws {
        let former = UInt64(1_085_900_001)
        let found = try book {
            $0.enrol(former, at: 1_000)
            $0.enrol(former, at: 1_500)
            $0.renumber(former, to: an.number, at: 2_000)
            $0.enrol(an.number, name: "KHÁC", at: 3_000)
        }
        #expect(found?.enrolment?.time == 1_000 && found?.numbers == [an.number, former])
    }

    @Test func whoeverWasErasedHasNoBookAndCanBeEnrolledAnew() throws {
        #expect(
            try book {
                $0.enrol(an.number, at: 1_000)
                $0.erase(an.number, at: 2_000)
            } == nil)
        let again = try book {
            $0.enrol(an.number, at: 1_000)
            $0.erase(an.number, at: 2_000)
            $0.enrol(an.number, at: 3_000)
        }
        #expect(again?.enrolment?.time == 3_000)
    }
}
