import CoreTestSupport
import Foundation
import Journal
import PartyCore
import StoreTestSupport
import Testing
import TransparencyLog

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
        try checkWitness(store, path, batches)
        try store.batch { try batch.fill(&$0) }
        try store.close()
        return batches
    }

    /// What went to the witnesses last is there, and the next checkpoint proves that it continues that one.
    private func checkWitness(_ store: PartyStore<SampleRecord>, _ path: String, _ batches: Int64) throws {
        let witness = try store.witness()
        // The batch that this check adds itself has no witness.
        #expect(witness.next == batches || witness.next == batches - 1)
        _ = try store.sign(directory: path, identity: .sample)
        try store.publishCheckpoints()
        // Not before a second of the writer's clock was anything signed and published.
        guard let request = store.takePublication() else { return #expect(batches < 5) }
        let last = try Checkpoint(text: WitnessRequest(request).note.text)
        #expect(last.size <= UInt64(batches * SampleBatch.size))
        store.confirmPublication()
        try store.sealCheckpoint(now: .max / 2, force: true)
        guard let next = try store.takePublication().map({ try WitnessRequest($0) }) else {
            return #expect(last.size == store.tree.size)
        }
        let head = try Checkpoint(text: next.note.text)
        #expect(next.oldSize == last.size && head.size == store.tree.size && head.root == store.tree.root)
        try ConsistencyProof(old: next.oldSize, new: head.size, path: next.path)
            .verify(oldRoot: last.root, newRoot: head.root)
    }
}
