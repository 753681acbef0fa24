import CoreTestSupport
import Foundation
import PartyCore
import StoreTestSupport
import Testing

import class GRDB.DatabaseQueue
import class GRDB.Row

@testable import PartyStore

/// A file that may be behind its party for a moment: several batches in one transaction, each change once, whenever the
/// process ends.
@Suite struct PatientReadModelTests {
    private static let place = ReadModelPlan.Place.file("sample.sqlite")
    private let directory: TemporaryDirectory
    private let clock = HandClock()

    init() throws { directory = try TemporaryDirectory() }

    /// A clock that is set by hand.
    private final class HandClock: Sendable {
        private let start = ContinuousClock.now
        // One thread reads and sets it.
        nonisolated(unsafe) var elapsed = Duration.zero
        var now: ContinuousClock.Instant { start + elapsed }
    }

    private func open(room: Int = .max, mostChanges: Int = .max) throws -> PartyStore<SampleRecord> {
        var plan = SampleReadModel.plan(
            Self.place, room: room, patience: .milliseconds(500), mostChanges: mostChanges)
        plan.now = { [clock] in clock.now }
        return try PartyStore(
            directory: directory.path, identity: .sample, durability: .process, readModel: plan)
    }

    private func fill(_ store: PartyStore<SampleRecord>, _ batch: inout SampleBatch) throws {
        try store.batch { state in
            var commit = try batch.fill(&state)
            commit?.readModel = batch.readModel
            return commit
        }
    }

    private func rows() throws -> [Int64] {
        try DatabaseQueue(path: directory.path + "/sample.sqlite").read { database in
            try Row.fetchAll(database, sql: "SELECT number FROM sample ORDER BY rowid").map { $0[0] }
        }
    }

    /// Batches whose changes still wait in the party's database.
    private func waiting() throws -> Int {
        try DatabaseQueue(path: directory.path + "/party.sqlite").read { database in
            try Row.fetchAll(database, sql: "SELECT leaves FROM read_model_change").count
        }
    }

    @Test func theFileFollowsWhenItHasBeenBehindForLongEnough() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try fill(store, &batch) }
        try store.settle()
        #expect(try rows() == [] && waiting() == 3)
        clock.elapsed = .milliseconds(499)
        try store.settle()
        #expect(try rows() == [])
        clock.elapsed = .milliseconds(500)
        try store.settle()
        #expect(try rows() == Array(1...6))
        // The time begins anew with what comes next, and a batch ends it as well.
        clock.elapsed = .milliseconds(900)
        try fill(store, &batch)
        #expect(try waiting() == 1, "what the file has is forgotten")
        clock.elapsed = .milliseconds(1_399)
        try fill(store, &batch)
        #expect(try rows() == Array(1...6))
        clock.elapsed = .milliseconds(1_400)
        try fill(store, &batch)
        #expect(try rows() == Array(1...12))
        try store.settle()
        try store.close()
        #expect(try rows() == Array(1...12))
    }

    @Test func muchIsNotWaitedWith() throws {
        let store = try open(mostChanges: 6)
        var batch = SampleBatch(continuing: store.progress)
        for number in Int64(1)...8 {
            try fill(store, &batch)
            #expect(try rows().count == Int(number / 3 * 6))
        }
        try store.close()
        #expect(try rows() == Array(1...16))
    }

    @Test func whoeverClosesTheStoreLeavesNothingBehind() throws {
        for round in Int64(1)...3 {
            let store = try open()
            var batch = SampleBatch(continuing: store.progress)
            for _ in 0..<3 { try fill(store, &batch) }
            try store.close()
            #expect(try rows() == Array(1...round * 6))
        }
    }

    @Test func whatCouldNotBeWrittenFollowsAtTheNextOpeningEachBatchOnce() throws {
        let store = try open(room: 4)
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<2 { try fill(store, &batch) }
        clock.elapsed = .seconds(1)
        try store.settle()
        for _ in 0..<3 { try fill(store, &batch) }
        clock.elapsed = .seconds(2)
        #expect(throws: SampleReadModel.Full.self) { try store.settle() }
        try store.close()
        #expect(try rows() == Array(1...4), "of a transaction that failed there is nothing, not even its first batches")
        let again = try open()
        #expect(try rows() == Array(1...10))
        try fill(again, &batch)
        try again.close()
        #expect(try rows() == Array(1...12))
    }

    @Test func aBatchThatIsTakenBackIsNotWaitedFor() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        try fill(store, &batch)
        #expect(throws: CancellationError.self) {
            try store.batch { state in
                _ = try batch.fill(&state)
                throw CancellationError()
            }
        }
        try store.close()
        #expect(try rows() == [1, 2])
    }

    @Test(arguments: 1...5) func eachChangeIsThereOnceAfterSIGKILL(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var least: Int64 = 0
        for _ in 0..<3 {
            let writer = try WriterProcess(directory: directory.path, readModel: "patient")
            let wanted = least + Int64.random(in: 1...40, using: &generator)
            while least < wanted, let line = writer.nextLine() { least = try #require(Int64(line)) }
            writer.kill()
            #expect(least >= wanted, "the writer ended by itself")
            let behind = try rows()
            #expect(behind == Array(1..<Int64(behind.count) + 1), "whole batches in their order, and none twice")
        }
        let store = try open()
        let batches = store.progress.nextChunk - 1
        try store.close()
        #expect(batches >= least)
        #expect(try rows() == Array(1...batches * 2))
    }
}
