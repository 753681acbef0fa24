import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// Books opened before any visit: all of a list or nothing of it, once for each person.
@Suite struct BookOpeningTests {
    private let an = SamplePeople.an.registered.citizenNumber
    private let answers = MoHAnswers()

    private static func person(_ change: (inout BookEnrolment) -> Void = { _ in }) -> BookEnrolment {
        var person = BookEnrolment()
        person.citizenNumber = "001085000001"
        person.fullName = "NGUYỄN VĂN AN"
        person.birthDate = "19850317"
        person.residentProvince = "01"
        person.socialInsuranceNumber = "0123456789"
        person.registeredFacility = "01013"
        change(&person)
        return person
    }

    private static func list(_ people: [BookEnrolment], count: (Int64, Int64)? = nil) -> EnrolPeople {
        var request = EnrolPeople()
        request.people = people
        if let count {
            request.count.province = "01"
            (request.count.residents, request.count.withBook) = count
        }
        return request
    }

    /// Tells MoH of a list, each time as another command unless told otherwise.
    private func enrol(
        _ list: EnrolPeople, _ rig: inout Rig<MoHCore>, number: UInt64? = nil
    ) throws -> CommandAnswer {
        let number = number ?? UInt64(rig.state.notes.count + 1)
        return try rig.obey(
            .enrolPeople, list.encoded, identity: MessageIdentifier(RecordIdentifier(high: 1 << 60, low: number)))
    }

    private func books(_ rig: Rig<MoHCore>) -> HealthBooks {
        var books = HealthBooks()
        books.apply(rig.readModelChanges)
        return books
    }

    @Test func aListOpensABookForEachAndNothingElseHappens() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        rig.now = 7_000
        let other = Self.person { $0.citizenNumber = "001300000002" }
        let answer = try enrol(Self.list([Self.person(), other]), &rig)
        #expect(answer.verdict == Verdict(.obeyed))
        #expect(try PeopleEnrolled(decoding: answer.bytes).enrolledAt == 7_000)
        #expect(rig.readModelChanges.changes.map(\.kind) == [.enrolment, .enrolment])
        #expect(rig.takeSent().isEmpty && rig.ledger == Ledger() && rig.state.records.isEmpty)
        let book = try #require(try books(rig).book(of: an))
        #expect(book.enrolment?.person == Self.person() && book.enrolment?.time == 7_000)
        #expect(book.visits.isEmpty && book.past.isEmpty && book.records.isEmpty)
    }

    @Test func theProvinceIsToldTheCountWhereThereIsATopicForIt() throws {
        var rig = Rig(MoHCore(duties: .moh2024, tellsCoverage: true))
        rig.now = 7_000
        #expect(try enrol(Self.list([Self.person()], count: (10, 8)), &rig, number: 5).verdict == Verdict(.obeyed))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.provinceCoverage] && sent[0].key == "01")
        let notice: ProvinceCoverageNotice = try sent[0].decoded()
        #expect((notice.province, notice.residents, notice.withBook, notice.countedAt) == ("01", 10, 8, 7_000))
        #expect(sent[0].head.record == sent[0].head.message.uuid, "it is about no record")
        // The same command again, and a list without a count, say nothing.
        #expect(try enrol(Self.list([Self.person()], count: (10, 8)), &rig, number: 5).verdict == Verdict(.duplicate))
        #expect(try enrol(Self.list([Self.person()]), &rig).verdict == Verdict(.obeyed))
        #expect(rig.takeSent().isEmpty)

        var silent = Rig(MoHCore(duties: .moh2024))
        #expect(try enrol(Self.list([], count: (10, 8)), &silent).verdict == Verdict(.obeyed))
        #expect(silent.takeSent().isEmpty && silent.figures.coverage.provinces.keys.sorted() == ["01"])
    }

    /// Someone of whom one field is wrong.
    private static func person(wrong field: String) -> BookEnrolment {
        person {
            switch field {
            case "citizen_number": $0.citizenNumber = "123"
            case "full_name": $0.fullName = ""
            case "birth_date": $0.birthDate = "1985"
            case "resident_province": $0.residentProvince = "02"
            case "social_insurance_number": $0.socialInsuranceNumber = "12"
            default: $0.registeredFacility = "0"
            }
        }
    }

    @Test(arguments: [
        "citizen_number, of 3 characters", "full_name is no name", "birth_date, of 4 characters",
        "resident_province is \"02\"", "social_insurance_number, of 2 characters", "registered_facility is \"0\"",
    ])
    func aRuleThatOneBreaksOpensNoBook(words: String) throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        let wrong = Self.person(wrong: words.prefix { $0 != " " && $0 != "," }.description)
        let answer = try enrol(Self.list([Self.person(), wrong], count: (2, 2)), &rig)
        let text = String(decoding: answer.bytes, as: UTF8.self)
        #expect(answer.verdict.decision == .notAddressed)
        #expect(text.hasPrefix("person 2 of the list: \(words)") && text.hasSuffix("; nothing was changed"), "\(text)")
        #expect(!text.contains("NGUYỄN"))
        #expect(rig.readModelChanges.isEmpty && rig.figures.coverage == CoverageFigures())
    }

    @Test(arguments: [("99", Int64(1), Int64(1)), ("01", 1, 2), ("01", 1, -1)])
    func aCountThatCannotBeIsRefused(province: String, residents: Int64, withBook: Int64) throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        var request = Self.list([Self.person()], count: (residents, withBook))
        request.count.province = province
        let answer = try enrol(request, &rig)
        #expect(answer.verdict.decision == .notAddressed && rig.readModelChanges.isEmpty)
        #expect(rig.figures.coverage.provinces.isEmpty)
    }

    @Test func bytesThatAreNoListAreRefused() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        #expect(try rig.obey(.enrolPeople, [0xFF, 0xFF]).verdict.decision == .notAddressed)
        #expect(rig.readModelChanges.isEmpty)
    }

    /// As a caller tells it again that has seen no answer: no second effect, and the answer of the first time.
    @Test func aRepeatedCommandHasItsEffectOnce() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        rig.now = 2_000
        let first = try enrol(Self.list([Self.person()], count: (2, 1)), &rig, number: 9)
        let changes = rig.readModelChanges
        rig.now = 3_000
        let again = try enrol(Self.list([Self.person()], count: (2, 2)), &rig, number: 9)
        #expect(again.verdict == Verdict(.duplicate) && again.bytes == first.bytes)
        #expect(rig.readModelChanges == changes && rig.figures.coverage.provinces["01"]?.withBook == 1)
        // A list that was refused can come again.
        #expect(
            try enrol(Self.list([Self.person(wrong: "full_name")]), &rig, number: 10).verdict.decision == .notAddressed)
        #expect(try enrol(Self.list([Self.person()]), &rig, number: 10).verdict.decision == .obeyed)
    }

    @Test func theNewestCountOfAProvinceStands() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        for (now, count) in [(2_000, (10, 8)), (3_000, (11, 9)), (1_000, (9, 1))] as [(Int64, (Int64, Int64))] {
            rig.now = now
            #expect(try enrol(Self.list([], count: count), &rig).verdict.decision == .obeyed)
        }
        #expect(
            rig.figures.coverage.provinces == [
                "01": ProvinceCoverage(residents: 11, withBook: 9, countedAt: 3_000)
            ])
    }

    @Test func aBookIsOpenedUnderTheNumberInForceThatMoHKnows() throws {
        var rig = Rig(MoHCore(duties: .moh2024, handsOver: true))
        try rig.receive(CivilIntakeTests.reissue)
        _ = try enrol(Self.list([Self.person()]), &rig)
        let book = try #require(try books(rig).book(of: an))
        #expect(book.numbers.map { CitizenNumber(number: $0)?.description } == ["001085900001", "001085000001"])
        #expect(rig.readModelChanges.changes.last?.subject == 1_085_900_001)
    }

    /// Enrolled any number of times, before, between and after visits, and renumbered: the same book as enrolled once.
    @Test(arguments: 1...30) func theSameBookHoweverOftenAndWhenever(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let visits = UInt64(1)...UInt64.random(in: 1...4, using: &generator)
        func run(enrolling: (Int) -> Int, renumbered: Bool) throws -> HealthBook? {
            var rig = Rig(MoHCore(duties: .moh2024, handsOver: true))
            for (place, number) in visits.enumerated() {
                rig.now = Int64(place + 1) * 1_000
                for _ in 0..<enrolling(place) {
                    _ = try enrol(Self.list([Self.person()], count: (1, 1)), &rig)
                }
                let record = RecordIdentifier.sample(number)
                rig.now += 1
                try rig.receive(SampleVisit(record).facilityRecord(), record)
                try rig.receive(answers.covered(record), record)
                try rig.receive(answers.match(record), record)
            }
            if renumbered { try rig.receive(CivilIntakeTests.reissue) }
            rig.now = 90_000
            for _ in 0..<enrolling(visits.count) {
                _ = try enrol(Self.list([Self.person()]), &rig)
            }
            return try books(rig).book(of: an)
        }
        let renumbered = Bool.random(using: &generator)
        let first = Int.random(in: 0...visits.count, using: &generator)
        let once = try #require(try run(enrolling: { $0 == first ? 1 : 0 }, renumbered: renumbered))
        let often = try #require(
            try run(
                enrolling: { $0 < first ? 0 : $0 == first ? 1 : Int.random(in: 0...3, using: &generator) },
                renumbered: renumbered))
        #expect(often == once)
        #expect(once.enrolment != nil && once.visits.flatMap(\.sources).count == visits.count)
        // And of what visits say, as if nobody had been enrolled.
        let never = try #require(try run(enrolling: { _ in 0 }, renumbered: renumbered))
        #expect(never.visits == once.visits && never.latest == once.latest && never.enrolment == nil)
    }
}
