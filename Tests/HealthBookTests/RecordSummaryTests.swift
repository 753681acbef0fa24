import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// Of the tables beside XML1 to XML5 a book shows XML8, the summary of the medical record, and nothing else.
@Suite struct RecordSummaryTests {
    private let an = SamplePeople.an.registered.citizenNumber

    private func presented(_ tables: [CarriedTable], visits: Int = 1) throws -> PresentedBook {
        var changes = ReadModelChanges()
        for number in 1...visits {
            let visit = SampleVisit(.sample(UInt64(number)))
            var entry = BookEntry()
            entry.recordID = visit.record.description
            entry.revision = 1
            entry.facilityCode = visit.facilityCode
            entry.administrative = .init(visit.administrative.encoded)
            entry.insurance = .init(visit.insurance.encoded)
            entry.clinical = .init(visit.clinical.encoded)
            // The second record of one visit brings the tables.
            entry.tables = number == visits ? tables : []
            changes.append(
                .entry, subject: an.number, record: visit.record, revision: 1, time: 1_000 + Int64(number),
                content: entry.encoded)
        }
        var books = HealthBooks()
        books.apply(changes)
        return try PresentedBook(try #require(try books.book(of: an)), history: false)
    }

    private func summary(_ fields: [(String, String)]) -> CarriedTable {
        var row = CarriedRow()
        row.fields = fields.map { name, value in
            var field = OtherField()
            (field.name, field.value) = (name, value)
            return field
        }
        return CarriedTable(.xml8, rows: [row])
    }

    @Test(arguments: [1, 2]) func theSummaryIsShownWithItsVisit(visits: Int) throws {
        let table = summary([("QT_BENHLY", "sốt ba ngày"), ("TOMTAT_KQ", "bình thường"), ("HO_TEN_ME", "TRẦN THỊ B")])
        let book = try presented([table], visits: visits)
        #expect(book.visits.count == 1)
        let shown = book.visits[0].summary.filter { $0.name.hasPrefix("XML8.") }
        #expect(shown.map(\.name) == ["XML8.QT_BENHLY", "XML8.TOMTAT_KQ"])
        #expect(shown.map(\.value) == ["sốt ba ngày", "bình thường"])
        #expect(book.text.contains("sốt ba ngày") && !book.text.contains("TRẦN THỊ B"))
    }

    @Test func noOtherTableIsShown() throws {
        let book = try presented(SampleTables.tables([.xml7, .xml14]))
        #expect(!book.text.contains("only in"))
        let without = try presented([])
        #expect(book == without)
    }
}
