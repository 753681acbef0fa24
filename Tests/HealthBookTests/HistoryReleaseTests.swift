import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// What a facility is told of a patient from elsewhere: what stands, newest, once, and nothing of its own.
@Suite struct HistoryReleaseTests {
    private static let own = "01013"
    private static let elsewhere = "79013"
    private let an = SamplePeople.an.registered.citizenNumber
    private let binh = SamplePeople.binh.registered.citizenNumber

    private func visit(_ number: UInt64, at facility: String, diagnosis: String = "J06.9") -> SampleVisit {
        var visit = SampleVisit(.sample(number))
        visit.facilityCode = facility
        visit.insurance.ngayVao = "2025070108\(10 + number)"
        visit.clinical.maBenhChinh = diagnosis
        return visit
    }

    private func request(_ facility: String = own) -> HistoryRequest {
        var request = HistoryRequest()
        request.requestID = RecordIdentifier.sample(99).description
        request.facilityCode = facility
        request.citizenNumber = an.description
        request.purpose = "khám lại"
        return request
    }

    private func ask(
        _ books: HealthBooks, of citizen: CitizenNumber, from facility: String = own,
        after changes: ReadModelChanges = ReadModelChanges(), releasing parts: RecordPartSet = .blocks
    ) throws -> SharedHistory {
        let question = ReadModelQuestion(
            .sharedHistory, subject: citizen.number, time: 9_000, releasing: parts, content: request(facility).encoded)
        let answer = try #require(try books.answer(question, after: changes))
        let history = try SharedHistory(decoding: answer.payload)
        #expect(answer.reason?.text ?? "" == history.refusalCode)
        return history
    }

    private func books(_ fill: (inout BookChanges) -> Void) -> HealthBooks {
        var changes = BookChanges()
        fill(&changes)
        var books = HealthBooks()
        books.apply(changes.changes)
        return books
    }

    static let cases: [(String, String, [UInt64], @Sendable (HistoryReleaseTests, inout BookChanges) -> Void)] = [
        ("nothing is known", "moh.person-unknown", [], { _, _ in }),
        ("opened before any visit", "moh.not-its-patient", [], { $1.enrol($0.an.number, at: 1) }),
        (
            "only elsewhere", "moh.not-its-patient", [],
            { $1.share($0.visit(1, at: elsewhere), of: $0.an.number, at: 1) }
        ),
        ("only here", "", [], { $1.share($0.visit(1, at: own), of: $0.an.number, at: 1) }),
        (
            "here and elsewhere", "", [2],
            {
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.share($0.visit(2, at: elsewhere), of: $0.an.number, at: 2)
            }
        ),
        (
            "here, and withdrawn since", "moh.not-its-patient", [],
            {
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.share($0.visit(2, at: elsewhere), of: $0.an.number, at: 2)
                $1.withdraw(.sample(1), revision: 2, of: $0.an.number, at: 3, because: "nhầm")
            }
        ),
        (
            "elsewhere, and withdrawn since", "", [3],
            {
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.share($0.visit(2, at: elsewhere), of: $0.an.number, at: 2)
                $1.share($0.visit(3, at: "48013"), of: $0.an.number, at: 2)
                $1.withdraw(.sample(2), revision: 2, of: $0.an.number, at: 3, because: "nhầm")
            }
        ),
        (
            "here, and another person's since", "moh.not-its-patient", [],
            {
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.depart(.sample(1), revision: 2, of: $0.an.number, at: 2)
                $1.share($0.visit(1, at: own), revision: 2, of: $0.binh.number, at: 2)
            }
        ),
        (
            "under a former number", "", [2],
            {
                $1.share($0.visit(1, at: own), of: 1_085_900_001, at: 1)
                $1.share($0.visit(2, at: elsewhere), of: $0.an.number, at: 2)
                $1.renumber(1_085_900_001, to: $0.an.number, at: 3)
            }
        ),
        (
            "twice by two roads", "", [2],
            {
                var copy = $0.visit(2, at: elsewhere)
                copy.record = .sample(3)
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.share($0.visit(2, at: elsewhere), of: $0.an.number, at: 2)
                $1.share(copy, of: $0.an.number, at: 3)
            }
        ),
        (
            "erased", "moh.person-unknown", [],
            {
                $1.share($0.visit(1, at: own), of: $0.an.number, at: 1)
                $1.erase($0.an.number, at: 2)
            }
        ),
    ]

    @Test(arguments: cases.indices) func eachBookGivesItsAnswer(index: Int) throws {
        let (name, refusal, records, fill) = Self.cases[index]
        let books = books { fill(self, &$0) }
        let history = try ask(books, of: an)
        #expect(history.refusalCode == refusal, "\(name)")
        #expect(
            history.visits.compactMap(\.sources.first?.recordID)
                == records.map { RecordIdentifier.sample($0).description },
            "\(name)")
        // As changes of the batch in which it is asked, the same is said.
        var changes = BookChanges()
        fill(self, &changes)
        #expect(try ask(HealthBooks(), of: an, after: changes.changes) == history, "\(name)")
    }

    @Test func aFormerNumberLeadsToTheBookAndTheNumberInForceIsTold() throws {
        let former = try #require(CitizenNumber(number: 1_085_900_001))
        let books = books {
            $0.share(visit(1, at: Self.own), of: former.number, at: 1)
            $0.renumber(former.number, to: an.number, at: 2)
        }
        #expect(try ask(books, of: former).citizenNumber == an.description)
    }

    /// No name, no address, no card, no money, nobody's practitioner, and nothing that no annex knows.
    @Test func onlyWhatIsReleasedIsTold() throws {
        var full = visit(2, at: Self.elsewhere)
        full.clinical.other(field: "MA_BENH_LA")
        full.clinical.maHsba = "HSBA-SECRET"
        var details = ClinicalDetails()
        var (drug, service, result, course) = (DrugLine(), ServiceLine(), ResultLine(), CourseLine())
        (drug.tenThuoc, drug.thanhTienBv, drug.maBacSi, drug.lieuDung) = ("Amoxicillin", "SECRET", "SECRET", "2 viên")
        (service.tenDichVu, service.donGiaBv, service.maBacSi) = ("X-quang", "SECRET", "SECRET")
        (result.tenChiSo, result.giaTri, result.maBsDocKq) = ("Glucose", "5.6", "SECRET")
        course.dienBienLs = "SECRET"
        (details.drugs, details.services, details.results, details.courses) = ([drug], [service], [result], [course])
        let books = books {
            $0.share(visit(1, at: Self.own), of: an.number, at: 1)
            $0.share(full, details: details, of: an.number, at: 2)
        }
        let history = try ask(books, of: an)
        let told = try #require(history.visits.first)
        #expect(told.drugs.map(\.tenThuoc) == ["Amoxicillin"] && told.drugs.map(\.lieuDung) == ["2 viên"])
        #expect(told.services.map(\.tenDichVu) == ["X-quang"] && told.results.map(\.line.giaTri) == ["5.6"])
        #expect(told.stay.ngayRa == full.insurance.ngayRa && told.clinical.maBenhChinh == "J06.9")
        let text = history.protoJSON
        for secret in ["SECRET", "LA_LA", SamplePeople.an.registered.fullName, SamplePeople.an.card, "100000", "80000"]
        {
            #expect(!text.contains(secret), "\(secret)")
        }
        let shown = PresentedHistory(history).text
        #expect(shown.contains("Amoxicillin") && shown.contains("J06.9") && shown.contains(Self.elsewhere))
    }

    /// A check that the facility reports too is told neither where it came first nor where the other did.
    @Test(arguments: [true, false]) func aCheckOfItsOwnIsNoNews(ownFirst: Bool) throws {
        var line = ResultLine()
        (line.maDichVu, line.maChiSo, line.ngayKq, line.giaTri) = ("23.0075.1494", "GLU", "202507010930", "5.6")
        var details = ClinicalDetails()
        details.results = [line]
        let books = books {
            $0.share(visit(1, at: Self.own), details: details, of: an.number, at: ownFirst ? 1 : 2)
            $0.share(visit(2, at: Self.elsewhere), details: details, of: an.number, at: ownFirst ? 2 : 1)
        }
        let history = try ask(books, of: an)
        #expect(history.visits.count == 1 && history.visits[0].results.isEmpty)
        #expect(try ask(books, of: an, from: Self.elsewhere).visits.first?.results.isEmpty == true)
    }

    /// What the rules of the topology keep from other facilities stays in the book.
    @Test(arguments: [[RecordPart.insurance, .clinical, .clinicalDetails], [.insurance, .clinical], [.clinical], []])
    func onlyReleasedPartsAreTold(parts: [RecordPart]) throws {
        var details = ClinicalDetails()
        details.drugs = [DrugLine()]
        details.drugs[0].tenThuoc = "Paracetamol"
        let books = books {
            $0.share(visit(1, at: Self.own), of: an.number, at: 1)
            $0.share(visit(2, at: Self.elsewhere), details: details, of: an.number, at: 2)
        }
        let told = try #require(try ask(books, of: an, releasing: RecordPartSet(parts)).visits.first)
        #expect(told.sources.map(\.facilityCode) == [Self.elsewhere], "that there was a visit is told")
        #expect(told.stay.ngayVao.isEmpty == !parts.contains(.insurance))
        #expect(told.clinical.maBenhChinh.isEmpty == !parts.contains(.clinical))
        #expect(told.drugs.isEmpty == !parts.contains(.clinicalDetails))
    }

    @Test func theBookShowsEachRequestOnceWhateverTheOrder() throws {
        let books = books { $0.share(visit(1, at: Self.own), of: an.number, at: 1) }
        let question = ReadModelQuestion(
            .sharedHistory, subject: an.number, time: 9_000, releasing: .blocks, content: request().encoded)
        let answer = try #require(try books.answer(question, after: ReadModelChanges()))
        var noted = books
        for _ in 1...2 { noted.apply(answer.changes) }
        let book = try #require(try noted.book(of: an))
        #expect(book.inquiries.map(\.inquiry.purpose) == ["khám lại"] && book.inquiries.map(\.time) == [9_000])
        #expect(book.visits == (try books.book(of: an)?.visits), "a request changes nothing of what stands")
    }
}

extension ClinicalBlock {
    fileprivate mutating func other(field: String) {
        var other = OtherField()
        other.name = field
        other.value = "LA_LA"
        otherFields.append(other)
    }
}
