import CoreTestSupport
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// Changes of records are written at the end of a table of their own, and later where they belong: nobody sees a difference.
@Suite struct RecordChangeTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    /// Three batches, the second and third of which change records of the one before.
    private func fill(_ store: PartyStore<SampleRecord>) throws {
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
    }

    private func rows(of table: String) throws -> Int? {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
    }

    /// All that can be read beside the party.
    private func expectEverything(isLive: Bool) throws {
        let inspection = try StoreInspection(directory: directory.path)
        #expect(inspection.isLive == isLive)
        #expect(try inspection.countByPhase() == [.pending: 40, .shared: 20])
        #expect(try inspection.words(of: .stored(0)) == SampleRecord(.shared, 0).words)
        #expect(try inspection.words(of: .stored(59)) == SampleRecord(.pending, 59, keptAt: 60).words)
        #expect(try inspection.words(of: .stored(60)) == nil)
        var seen: [RecordIdentifier] = []
        try inspection.forEachRecord { record, _ in seen.append(record) }
        #expect(seen == (Int64(0)..<60).map { .stored($0) }, "each once, in their order")
        var subjects = 0
        try inspection.forEachSubject { _, isRecord, _ in subjects += isRecord ? 1 : 0 }
        #expect(subjects == 60)
    }

    @Test func whoReadsBesideARunningPartySeesTheLatestOfEach() throws {
        let store = try open()
        try fill(store)
        #expect(try rows(of: "record_change") == 3)
        #expect(try rows(of: "record") == 0)
        try expectEverything(isLive: true)
        // Now some are in both tables.
        #expect(try store.countByPhase() == [.pending: 40, .shared: 20])
        #expect(try rows(of: "record_change") == 0)
        #expect(try rows(of: "record") == 60)
        try store.batch { state in
            for number in Int64(0)..<60 {
                let record = try #require(try state.record(.stored(number)))
                state.set(SampleRecord(record.phase, record.value + 1, keptAt: record.keptAt), for: .stored(number))
            }
            state.set(SampleRecord(.refused, 7), for: .stored(60))
            return BatchCommit(
                books: PartyBooks(ledger: store.progress.ledger), offsets: [], firstLeaf: 60, leaves: [], chunk: nil,
                sentChunks: [])
        }
        let inspection = try StoreInspection(directory: directory.path)
        #expect(try inspection.countByPhase() == [.pending: 40, .shared: 20, .refused: 1])
        #expect(try inspection.words(of: .stored(0)) == SampleRecord(.shared, 1).words)
        try store.close()
        #expect(try rows(of: "record_change") == 0)
        #expect(try rows(of: "record") == 61)
    }

    @Test func anEndWithoutNoticeLosesNothing() throws {
        var store: PartyStore<SampleRecord>? = try open()
        try store.map(fill)
        // Let go of without being closed, as a party that is killed does it.
        store = nil
        #expect(try rows(of: "record_change") == 3)
        try expectEverything(isLive: false)
        let again = try open()
        #expect(try rows(of: "record_change") == 0)
        #expect(try rows(of: "record") == 60)
        try again.batch { state throws in
            #expect(try state.record(.stored(0)) == SampleRecord(.shared, 0))
            #expect(try state.record(.stored(59)) == SampleRecord(.pending, 59, keptAt: 60))
            return nil
        }
        try again.close()
        try expectEverything(isLive: false)
    }

    @Test func damagedChangesAreRefused() throws {
        var store: PartyStore<SampleRecord>? = try open()
        try store.map(fill)
        store = nil
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: "UPDATE record_change SET rows = substr(rows, 2) WHERE number = 2") }
        try queue.close()
        #expect(throws: StoreError(.damaged, "")) { try StoreInspection(directory: directory.path) }
        #expect(throws: StoreError(.damaged, "")) { try open() }
    }

    @Test(arguments: [1, 2]) func aTableOfSubjectsFindsWhatWasAdded(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = SubjectTable<Int>()
        var places: [RecordIdentifier: Int] = [:]
        for number in 0..<5_000 {
            // Some that differ in one half only.
            let subject = RecordIdentifier(
                high: number.isMultiple(of: 3) ? 7 : .random(in: 0...9_999, using: &generator),
                low: number.isMultiple(of: 5) ? 7 : .random(in: 0...9_999, using: &generator))
            #expect(table.place(of: subject) == places[subject])
            if places[subject] == nil { places[subject] = table.add(number, for: subject) }
        }
        #expect(table.count == places.count)
        #expect(places.allSatisfy { table.place(of: $0.key) == $0.value && table.entries[$0.value].subject == $0.key })
    }
}
