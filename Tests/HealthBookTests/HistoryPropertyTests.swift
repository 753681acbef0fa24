import CoreTestSupport
import ExchangeSchema
import HealthBook
import PartyCore
import Testing
import Vocabulary

/// Whatever was amended, withdrawn, given to another person or told twice, in any order: a facility is told what stands in
/// the end at others, and nothing else.
@Suite struct HistoryPropertyTests {
    private static let facilities = ["01013", "79013", "48013"]
    private static let people: [UInt64] = [1_085_000_001, 1_300_000_002]
    /// What the first of them had before.
    private static let former: UInt64 = 1_085_900_001

    /// Where a visit ends.
    private struct End {
        var record: RecordIdentifier
        var facility: String
        var person: Int
        var revision: UInt32
        var diagnosis: String
        var isWithdrawn: Bool
    }

    /// One visit after another, each with its story; and where they end.
    private func story(_ generator: inout SeededGenerator) -> (BookChanges, [End]) {
        var told = BookChanges()
        var ends: [End] = []
        for number in UInt64(1)...9 {
            let facility = Self.facilities[Int.random(in: 0..<3, using: &generator)]
            var visit = SampleVisit(.sample(number))
            visit.facilityCode = facility
            visit.insurance.ngayVao = "20250701081\(number)"
            var end = End(
                record: visit.record, facility: facility, person: Int.random(in: 0..<2, using: &generator), revision: 0,
                diagnosis: "", isWithdrawn: false)
            var place: UInt64 = 0
            for revision in UInt32(1)...UInt32.random(in: 1...3, using: &generator) {
                let time = Int64(number * 100) + Int64(revision)
                if revision > 1, Int.random(in: 0..<3, using: &generator) == 0 {
                    end.person = 1 - end.person
                    told.depart(visit.record, revision: revision, of: place, at: time)
                }
                end.revision = revision
                end.diagnosis = ["J06.9", "I10", "E11"][Int(revision) - 1]
                visit.clinical.maBenhChinh = end.diagnosis
                place = Self.people[end.person]
                if end.person == 0, Bool.random(using: &generator) { place = Self.former }
                told.share(visit, revision: revision, of: place, at: time)
            }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                end.isWithdrawn = true
                told.withdraw(
                    visit.record, revision: end.revision + 1, of: place, at: Int64(number * 100) + 9, because: "x")
            }
            ends.append(end)
        }
        told.renumber(Self.former, to: Self.people[0], at: 5_000)
        return (told, ends)
    }

    private func ask(_ books: HealthBooks, _ citizen: UInt64, _ facility: String) throws -> SharedHistory {
        var request = HistoryRequest()
        request.requestID = RecordIdentifier.sample(99).description
        request.facilityCode = facility
        request.citizenNumber = CitizenNumber(number: citizen)?.description ?? ""
        request.purpose = "điều trị"
        let question = ReadModelQuestion(
            .sharedHistory, subject: citizen, time: 9_000, releasing: .blocks, content: request.encoded)
        return try SharedHistory(
            decoding: try #require(try books.answer(question, after: ReadModelChanges())).payload)
    }

    @Test(arguments: UInt64(1)...60) func theAnswerIsWhatStandsAtOthers(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let (told, ends) = story(&generator)
        var books = HealthBooks()
        books.apply(told.reordered(using: &generator, copies: 8).changes)
        for (person, citizen) in [(0, Self.people[0]), (0, Self.former), (1, Self.people[1])] {
            let standing = ends.filter { $0.person == person && !$0.isWithdrawn }
            for facility in Self.facilities {
                let history = try ask(books, citizen, facility)
                guard standing.contains(where: { $0.facility == facility }) else {
                    #expect(["moh.not-its-patient", "moh.person-unknown"].contains(history.refusalCode))
                    #expect(history.visits.isEmpty)
                    continue
                }
                let expected = standing.filter { $0.facility != facility }.map {
                    "\($0.record) \($0.revision) \($0.facility) \($0.diagnosis)"
                }
                let found = history.visits.map { visit in
                    "\(visit.sources[0].recordID) \(visit.sources[0].revision) \(visit.sources[0].facilityCode) "
                        + visit.clinical.maBenhChinh
                }
                #expect(found.sorted() == expected.sorted() && history.refusalCode.isEmpty, "seed \(seed), \(facility)")
                #expect(history.visits.allSatisfy { $0.sources.count == 1 })
            }
        }
    }
}
