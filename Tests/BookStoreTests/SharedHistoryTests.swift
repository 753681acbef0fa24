import CoreTestSupport
import ExchangeSchema
import Foundation
import HealthBook
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

@testable import BookStore

/// The tables answer as the model does, what the batch itself changes included, and nothing stays of a batch that fails.
@Suite struct SharedHistoryTests {
    private static let people: [UInt64] = Array(1_085_000_001...1_085_000_004)
    private let directory = NSTemporaryDirectory() + "history-\(UUID().uuidString)"

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory, identity: .sample, durability: .process, readModel: BookTables.plan)
    }

    private func question(_ citizen: UInt64, from facility: String, number: UInt64) -> ReadModelQuestion {
        var request = HistoryRequest()
        request.requestID = RecordIdentifier.sample(1_000 + number).description
        request.facilityCode = facility
        request.citizenNumber = CitizenNumber(number: citizen)?.description ?? ""
        request.purpose = "điều trị"
        return ReadModelQuestion(
            .sharedHistory, subject: citizen, time: Int64(number), releasing: .blocks, content: request.encoded)
    }

    private func commit(_ store: PartyStore<SampleRecord>, _ changes: ReadModelChanges) -> BatchCommit {
        var commit = BatchCommit(
            books: PartyBooks(), offsets: [], firstLeaf: store.progress.nextSequence, leaves: [], chunk: nil,
            sentChunks: [])
        commit.readModel = changes
        return commit
    }

    @Test(arguments: UInt64(1)...3) func theTablesAnswerAsTheModel(seed: UInt64) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var generator = SeededGenerator(seed: seed)
        var model = HealthBooks()
        let store = try open()
        defer { try? store.close() }
        var (answered, refused) = (0, 0)
        for batch in UInt64(1)...80 {
            var told = BookChanges()
            for _ in 0..<2 {
                var visit = SampleVisit(.sample(UInt64.random(in: 1...20, using: &generator)))
                visit.facilityCode = ["01013", "79013", "48013"][Int(visit.record.low % 3)]
                visit.insurance.ngayVao = "2025070108\(10 + visit.record.low % 50)"
                let citizen = Self.people[Int.random(in: 0..<4, using: &generator)]
                told.share(visit, revision: UInt32(batch), of: citizen, at: Int64(batch))
                if Int.random(in: 0..<8, using: &generator) == 0 {
                    told.withdraw(
                        visit.record, revision: UInt32(batch), of: citizen, at: Int64(batch), because: "x")
                }
            }
            if batch == 50 { told.renumber(Self.people[0], to: 1_085_000_009, at: 50) }
            if batch == 70 { told.erase(Self.people[1], at: 70) }
            let citizen = Self.people[Int(batch % 4)]
            let asked = question(citizen, from: ["01013", "79013", "99999"][Int(batch % 3)], number: batch)
            let expected = try #require(try model.answer(asked, after: told.changes))
            var changes = told.changes
            try store.batch { state in
                let answer = try #require(try state.answer(asked, after: told.changes))
                #expect(answer == expected, "batch \(batch)")
                for change in answer.changes.changes {
                    changes.append(
                        change.kind, subject: change.subject, record: change.record, revision: change.revision,
                        time: change.time, content: answer.changes.content(of: change))
                }
                return commit(store, changes)
            }
            model.apply(changes)
            if expected.reason == nil { answered += 1 } else { refused += 1 }
        }
        #expect(answered > 10 && refused > 10)
        let known = try #require(CitizenNumber(number: Self.people[2]))
        let stored = try BookReader.book(of: known, in: [try StoreInspection(directory: directory)])
        #expect(try stored == model.book(of: known) && stored?.inquiries.isEmpty == false)
        // Who asked for an erased person is gone with the book.
        let erased = try #require(CitizenNumber(number: Self.people[1]))
        #expect(try model.book(of: erased)?.inquiries.contains { $0.time < 70 } != true)
        #expect(
            try BookReader.book(of: erased, in: [try StoreInspection(directory: directory)]) == model.book(of: erased))
    }

    @Test func nothingIsNotedOfABatchThatFails() throws {
        struct Failed: Error {}
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var told = BookChanges()
        told.share(SampleVisit(.sample(1)), of: Self.people[0], at: 1)
        let first = try open()
        try first.batch { _ in commit(first, told.changes) }
        #expect(throws: Failed.self) {
            try first.batch { state in
                _ = try state.answer(question(Self.people[0], from: "01013", number: 1), after: ReadModelChanges())
                throw Failed()
            }
        }
        try first.close()
        let citizen = try #require(CitizenNumber(number: Self.people[0]))
        let book = try #require(try BookReader.book(of: citizen, in: [try StoreInspection(directory: directory)]))
        #expect(book.inquiries.isEmpty && book.visits.count == 1)
    }

    @Test func aStoreWithoutAModelAnswersNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try PartyStore<SampleRecord>(directory: directory, identity: .sample, durability: .process)
        try store.batch { state in
            let answer = try state.answer(
                question(1_085_000_001, from: "01013", number: 1), after: ReadModelChanges())
            #expect(answer == nil)
            return nil
        }
        try store.close()
    }
}
