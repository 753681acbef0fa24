import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import Testing

import class GRDB.DatabaseQueue
import class GRDB.Row

@testable import PartyStore

/// What people read of a party is as of the party's last commit, wherever the tables lie and whenever a process ends.
@Suite struct ReadModelTests {
    static let places: [ReadModelPlan.Place] = [.database, .file("sample.sqlite")]
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(
        _ place: ReadModelPlan.Place, room: Int = .max, identity: StoreIdentity = .sample
    ) throws -> PartyStore<SampleRecord> {
        try PartyStore(
            directory: directory.path, identity: identity, durability: .process,
            readModel: SampleReadModel.plan(place, room: room))
    }

    private func fill(_ store: PartyStore<SampleRecord>, _ batch: inout SampleBatch) throws {
        try store.batch { state in
            var commit = try batch.fill(&state)
            commit?.readModel = batch.readModel
            return commit
        }
    }

    /// The numbers of the rows, read by another connection as another program would.
    private func rows(_ place: ReadModelPlan.Place) throws -> [Int64] {
        let name = if case .file(let name) = place { name } else { "party.sqlite" }
        return try DatabaseQueue(path: directory.path + "/" + name).read { database in
            try Row.fetchAll(database, sql: "SELECT number FROM sample ORDER BY rowid").map { $0[0] }
        }
    }

    @Test(arguments: places) func othersReadWhatIsCommittedWhileThePartyRuns(place: ReadModelPlan.Place) throws {
        let store = try open(place)
        var batch = SampleBatch(continuing: store.progress)
        for number in Int64(1)...3 {
            try fill(store, &batch)
            #expect(try rows(place) == Array(1...number * 2))
        }
        try store.close()
        let again = try open(place)
        try fill(again, &batch)
        try again.close()
        #expect(try rows(place) == Array(1...8))
    }

    @Test(arguments: places) func aBatchThatIsTakenBackChangesNothing(place: ReadModelPlan.Place) throws {
        let store = try open(place)
        var batch = SampleBatch(continuing: store.progress)
        try fill(store, &batch)
        #expect(throws: CancellationError.self) {
            try store.batch { state in
                _ = try batch.fill(&state)
                throw CancellationError()
            }
        }
        try store.close()
        #expect(try rows(place) == [1, 2])
    }

    @Test func whatTheDatabasesOwnWriterRefusesIsNoBatch() throws {
        let store = try open(.database, room: 1)
        var batch = SampleBatch(continuing: store.progress)
        try fill(store, &batch)
        #expect(throws: SampleReadModel.Full.self) { try fill(store, &batch) }
        try store.close()
        #expect(try open(.database).progress.nextSequence == SampleBatch.size)
        #expect(try rows(.database) == [1, 2])
    }

    @Test func aFileThatWasNotReachedFollowsAtTheNextOpening() throws {
        let place = ReadModelPlan.Place.file("sample.sqlite")
        let store = try open(place, room: 1)
        var batch = SampleBatch(continuing: store.progress)
        try fill(store, &batch)
        #expect(throws: SampleReadModel.Full.self) { try fill(store, &batch) }
        try store.close()
        #expect(try rows(place) == [1, 2], "the file has nothing of a transaction that failed")

        let again = try open(place)
        #expect(again.progress.nextSequence == 2 * SampleBatch.size, "the party's batch stands")
        #expect(try rows(place) == [1, 2, 3, 4])
        try fill(again, &batch)
        try again.close()
        #expect(try rows(place) == Array(1...6))
    }

    @Test func aFileOfAnotherExchangeOrPlaceIsRefused() throws {
        try open(.file("sample.sqlite")).close()
        #expect(throws: StoreError(.otherVersion, "")) { try open(.database) }
        let other = try TemporaryDirectory()
        try FileManager.default.copyItem(
            atPath: directory.path + "/sample.sqlite", toPath: other.path + "/sample.sqlite")
        #expect(throws: StoreError(.otherExchange, "")) {
            try PartyStore<SampleRecord>(
                directory: other.path, identity: StoreIdentity(party: "locality", exchange: "exchange-1"),
                durability: .process, readModel: SampleReadModel.plan(.file("sample.sqlite")))
        }
    }

    @Test func aFileThatLacksWhatIsNowhereElseIsRefused() throws {
        let place = ReadModelPlan.Place.file("sample.sqlite")
        let store = try open(place)
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try fill(store, &batch) }
        try store.close()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: directory.path + "/sample.sqlite" + suffix)
        }
        #expect(throws: StoreError(.damaged, "")) { try open(place) }
    }

    @Test func aFileThatGoesFurtherThanItsPartyIsRefused() throws {
        let place = ReadModelPlan.Place.file("sample.sqlite")
        let store = try open(place)
        var batch = SampleBatch(continuing: store.progress)
        try fill(store, &batch)
        try store.close()
        let older = directory.path + "/older"
        try FileManager.default.copyItem(atPath: directory.path + "/party.sqlite", toPath: older)
        let again = try open(place)
        try fill(again, &batch)
        try again.close()
        try FileManager.default.removeItem(atPath: directory.path + "/party.sqlite")
        try FileManager.default.moveItem(atPath: older, toPath: directory.path + "/party.sqlite")
        #expect(throws: StoreError(.olderCopy, "")) { try open(place) }
    }

    @Test(arguments: places, 1...3) func eachChangeIsThereOnceAfterSIGKILL(
        place: ReadModelPlan.Place, seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var least: Int64 = 0
        for _ in 0..<2 {
            let writer = try WriterProcess(
                directory: directory.path, readModel: place == .database ? "database" : "file")
            let wanted = least + Int64.random(in: 1...40, using: &generator)
            while least < wanted, let line = writer.nextLine() { least = try #require(Int64(line)) }
            writer.kill()
            #expect(least >= wanted, "the writer ended by itself")
        }
        let store = try open(place)
        let batches = store.progress.nextChunk - 1
        try store.close()
        #expect(batches >= least)
        #expect(try rows(place) == Array(1...batches * 2))
    }

    @Test func theStoredFormIsReadBackAndDamageIsSeen() throws {
        var changes = ReadModelChanges([], arena: [9, 9])
        for (index, kind) in ReadModelChange.Kind.allCases.enumerated() {
            changes.append(
                kind, subject: UInt64(index), record: .stored(Int64(index)), revision: 2, time: -1,
                content: [UInt8](repeating: UInt8(index), count: index))
        }
        var writer = ByteWriter()
        changes.encode(into: &writer)
        let read = try #require(ReadModelChanges(stored: writer.bytes))
        #expect(read.changes.map(\.kind) == changes.changes.map(\.kind))
        #expect(
            read.changes.map { Array(read.content(of: $0)) } == changes.changes.map { Array(changes.content(of: $0)) })
        for count in 0..<writer.bytes.count {
            #expect(ReadModelChanges(stored: Array(writer.bytes.prefix(count))) == nil)
        }
        #expect(ReadModelChanges(stored: writer.bytes + [0]) == nil)
    }
}
