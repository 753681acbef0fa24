import CoreTestSupport
import ExchangeSchema
import Foundation
import HealthBook
import PartyCore
import PartyStore
import StoreTestSupport
import Testing

@testable import BookStore

/// Enrolments in the tables: as in the pure model, one row a person, and counted right.
@Suite struct EnrolmentTablesTests {
    private static let people = UInt64(1_085_000_000)...1_085_000_029
    private let directory = NSTemporaryDirectory() + "enrolment-\(UUID().uuidString)"

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory, identity: .sample, durability: .process, readModel: BookTables.plan)
    }

    private func write(_ told: BookChanges, _ store: PartyStore<SampleRecord>) throws {
        try store.batch { _ in
            var commit = BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: store.progress.nextSequence, leaves: [], chunk: nil,
                sentChunks: [])
            commit.readModel = told.changes
            return commit
        }
    }

    private func expectEqual(_ model: HealthBooks, _ comment: Comment) throws {
        let census = try BookCensus([try StoreInspection(directory: directory)])
        let withBook = try census.withBook(Array(Self.people))
        let enrolled = try census.enrolled(Array(Self.people))
        for citizen in Self.people {
            let number = try #require(CitizenNumber(number: citizen))
            let expected = try model.book(of: number)
            let found = try BookReader.book(of: number, in: [try StoreInspection(directory: directory)])
            #expect(found == expected, comment)
            #expect(withBook.contains(citizen) == (expected != nil), comment)
            #expect(enrolled.contains(citizen) == (expected?.enrolment != nil), comment)
        }
    }

    @Test(arguments: 1...3) func theTablesHoldWhatTheModelHolds(seed: UInt64) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var generator = SeededGenerator(seed: seed)
        var model = HealthBooks()
        var store = try open()
        for batch in Int64(1)...120 {
            var told = BookChanges()
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let citizen = UInt64.random(in: Self.people, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0:
                    told.share(
                        SampleVisit(.sample(citizen - 1_084_999_999)), revision: UInt32(batch), of: citizen, at: batch)
                case 1:
                    told.enrol(citizen, at: batch)
                    // A copy in the same batch.
                    told.enrol(citizen, at: batch)
                default: told.enrol(citizen, at: batch)
                }
            }
            if batch == 30 { told.renumber(1_085_000_001, to: 1_085_000_002, at: batch) }
            if batch == 60 {
                // The number changes hands within the batch that enrols it.
                told.renumber(1_085_000_003, to: 1_085_000_004, at: batch)
                told.enrol(1_085_000_003, at: batch)
                told.enrol(1_085_000_004, at: batch)
            }
            if batch == 80 {
                told.erase(1_085_000_005, at: batch)
                told.enrol(1_085_000_005, at: batch)
            }
            model.apply(told.changes)
            try write(told, store)
            if batch.isMultiple(of: 40) {
                try expectEqual(model, "while it runs")
                try store.close()
                store = try open()
            }
        }
        try store.close()
        try expectEqual(model, "at rest")
    }

    @Test func aPersonHasOneRowHoweverOftenTheListComes() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try open()
        for time in Int64(1)...5 {
            var told = BookChanges()
            for citizen in Self.people { told.enrol(citizen, at: time) }
            try write(told, store)
        }
        try store.close()
        let count = try StoreInspection(directory: directory).withConnection { connection in
            let rows = try connection.statement("SELECT count(*), max(time) FROM book_item")
            defer { rows.finalize() }
            _ = try rows.step()
            return [rows.integer(0), rows.integer(1)]
        }
        #expect(count == [30, 1])
    }

    @Test func nothingIsLeftOfAnErasedPersonWithoutVisits() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try open()
        var told = BookChanges()
        told.enrol(1_085_000_001, name: "NGUYỄN THỊ XÓA HẾT", at: 1)
        told.enrol(1_085_000_002, name: "TRẦN VĂN CÒN LẠI", at: 1)
        try write(told, store)
        var erasure = BookChanges()
        erasure.erase(1_085_000_001, at: 2)
        try write(erasure, store)
        try store.close()
        let census = try BookCensus([try StoreInspection(directory: directory)])
        #expect(try census.withBook([1_085_000_001, 1_085_000_002]) == [1_085_000_002])
        let bytes = try #require(FileManager.default.contents(atPath: directory + "/party.sqlite"))
        #expect(bytes.range(of: Data("XÓA HẾT".utf8)) == nil && bytes.range(of: Data("CÒN LẠI".utf8)) != nil)
    }

    @Test func aStoreWithoutABookHasNobody() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try PartyStore<SampleRecord>(directory: directory, identity: .sample, durability: .process).close()
        #expect(try BookCensus([try StoreInspection(directory: directory)]).withBook([1_085_000_001]).isEmpty)
    }
}
