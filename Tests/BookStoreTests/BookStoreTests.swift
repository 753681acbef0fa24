import CoreTestSupport
import ExchangeSchema
import Foundation
import HealthBook
import PartyCore
import PartyStore
import StoreTestSupport
import Testing

@testable import BookStore

/// The tables hold what the pure model holds, over openings and merges of the index.
@Suite struct BookStoreTests {
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "book-\(UUID().uuidString)"
    }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(
            directory: directory, identity: .sample, durability: .process, readModel: BookTables.plan)
    }

    private func write(_ changes: ReadModelChanges, _ store: PartyStore<SampleRecord>) throws {
        try store.batch { _ in
            var commit = BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: store.progress.nextSequence, leaves: [], chunk: nil,
                sentChunks: [])
            commit.readModel = changes
            return commit
        }
    }

    private func book(of citizen: UInt64) throws -> HealthBook? {
        let number = try #require(CitizenNumber(number: citizen))
        return try BookReader.book(of: number, in: [try StoreInspection(directory: directory)])
    }

    @Test(arguments: 1...3) func theTablesHoldWhatTheModelHolds(seed: UInt64) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var generator = SeededGenerator(seed: seed)
        var model = HealthBooks()
        var store = try open()
        var record: UInt64 = 0
        // Enough batches for runs of the third level: 8 x 8 of the first.
        for batch in Int64(0)..<150 {
            var told = BookChanges()
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                record += 1
                let citizen = UInt64(1_085_000_000) + UInt64.random(in: 0..<9, using: &generator)
                let known = UInt64.random(in: 1...record, using: &generator)
                told.share(
                    SampleVisit(.sample(known)), revision: UInt32(batch + 1), of: citizen, at: batch)
                if Int.random(in: 0..<6, using: &generator) == 0 {
                    told.withdraw(.sample(known), revision: UInt32(batch + 1), of: citizen, at: batch, because: "x")
                }
            }
            if batch == 60 { told.renumber(1_085_000_003, to: 1_085_000_020, at: batch) }
            if batch == 100 { told.erase(1_085_000_004, at: batch) }
            model.apply(told.changes)
            try write(told.changes, store)
            if batch.isMultiple(of: 40) {
                try store.close()
                store = try open()
            }
        }
        for citizen in UInt64(1_085_000_000)...1_085_000_020 {
            let number = try #require(CitizenNumber(number: citizen))
            #expect(try book(of: citizen) == model.book(of: number), "while it runs")
        }
        try store.close()
        for citizen in UInt64(1_085_000_000)...1_085_000_020 {
            let number = try #require(CitizenNumber(number: citizen))
            #expect(try book(of: citizen) == model.book(of: number), "at rest")
        }
    }

    @Test func theIndexHasFewRunsHoweverManyBatches() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try open()
        for batch in UInt64(1)...200 {
            var told = BookChanges()
            told.share(SampleVisit(.sample(batch)), of: 1_085_000_001, at: Int64(batch))
            try write(told.changes, store)
        }
        let inspection = try StoreInspection(directory: directory)
        let (runs, rows) = try inspection.withConnection { connection in
            let count = try connection.statement(
                "SELECT (SELECT count(*) FROM book_run), (SELECT count(*) FROM book_index)")
            _ = try count.step()
            defer { count.finalize() }
            return (count.integer(0), count.integer(1))
        }
        // 200 = 3 x 64 + 1 x 8 + 0.
        #expect(runs == 4 && rows == 200)
        #expect(try book(of: 1_085_000_001)?.records.count == 200)
        try store.close()
    }

    @Test func nothingIsLeftOfAnErasedCitizen() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try open()
        var told = BookChanges()
        for record in UInt64(1)...30 {
            var visit = SampleVisit(.sample(record))
            visit.administrative.hoTen = record == 7 ? "NGUYỄN THỊ XÓA HẾT" : "TRẦN VĂN CÒN LẠI"
            told.share(visit, of: record == 7 ? 1_085_000_007 : 1_085_000_001, at: Int64(record))
        }
        try write(told.changes, store)
        var erasure = BookChanges()
        erasure.erase(1_085_000_007, at: 100)
        try write(erasure.changes, store)
        try store.close()
        #expect(try book(of: 1_085_000_007) == nil && book(of: 1_085_000_001)?.records.count == 29)
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let path = directory + "/" + name
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            #expect(bytes.range(of: Data("XÓA HẾT".utf8)) == nil, "\(name) still has the name")
            if name == "party.sqlite" { #expect(bytes.range(of: Data("CÒN LẠI".utf8)) != nil) }
        }
    }

    @Test func aStoreWithoutABookSaysSo() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try PartyStore<SampleRecord>(directory: directory, identity: .sample, durability: .process).close()
        #expect(throws: StoreError(.notBegun, "")) { try book(of: 1_085_000_001) }
    }
}
