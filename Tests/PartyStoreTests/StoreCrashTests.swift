import CoreTestSupport
import Foundation
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// A process that commits batches is killed, or its disk fills: what it had committed is there, whole.
@Suite struct StoreCrashTests {
    @Test(arguments: 1...6) func nothingCommittedIsLostToSIGKILL(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        var found: Int64 = 0
        for _ in 0..<2 {
            let writer = try WriterProcess(directory: directory.path)
            let wanted = found + 1 + Int64.random(in: 1...60, using: &generator)
            var committed: Int64 = 0
            while committed < wanted, let line = writer.nextLine() { committed = try #require(Int64(line)) }
            writer.kill()
            #expect(committed >= wanted, "the writer ended by itself")
            found = try check(directory.path, least: committed)
        }
    }

    @Test(arguments: [600_000, 1_500_000, 4_000_000]) func aFullDiskIsSaidAndLeavesTheLastBatch(most: Int) throws {
        let directory = try TemporaryDirectory()
        let writer = try WriterProcess(directory: directory.path, mostBytes: most)
        var committed: Int64 = 0
        var text = ""
        while let line = writer.nextLine() {
            text = line
            if let number = Int64(line) { committed = number }
        }
        #expect(writer.exitCode() == 3, "the store must say that the disk is full")
        #expect(committed > 0 && text.contains("make room"), "\(text)")
        #expect(try check(directory.path, least: committed) == committed, "nothing was kept that was not acknowledged")
    }

    /// Opens the store, goes through all it holds, adds a batch, and tells how many batches were there.
    private func check(_ path: String, least: Int64) throws -> Int64 {
        let store = try PartyStore<SampleRecord>(directory: path, identity: .sample, durability: .process)
        let progress = store.progress
        let batches = progress.nextChunk - 1
        #expect(batches >= least)
        #expect(progress.ledger.submitted == batches * SampleBatch.size && progress.ledger.conserves)
        var expected: [RecordPhase: Int64] = [.pending: progress.ledger.pending]
        if progress.ledger.shared > 0 { expected[.shared] = progress.ledger.shared }
        #expect(try store.countByPhase() == expected)
        #expect(progress.nextSequence == batches * SampleBatch.size)
        #expect(progress.offsets.map(\.next) == [batches * SampleBatch.size])
        #expect(progress.unsentChunks == [batches])
        var next: Int64 = 0
        try store.forEachLeaf { number, leaf in
            #expect(number == next && leaf.offset == next)
            next += 1
        }
        #expect(next == progress.nextSequence)
        try store.batch { state in
            let kept = try state.oldestKept(limit: Int(progress.ledger.submitted) + 1)
            #expect(kept.count == Int(progress.ledger.pending))
            return nil
        }
        var batch = SampleBatch(continuing: progress)
        try store.batch { try batch.fill(&$0) }
        try store.close()
        return batches
    }
}
