import ExchangeSchema
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// What a batch commits, what it leaves when it fails, and what is there after the store is opened again.
@Suite struct PartyStoreTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(_ durability: StoreDurability = .process) throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: durability)
    }

    private struct Refused: Error {}

    @Test func aNewStoreHasNothing() throws {
        let progress = try open().progress
        #expect(progress.ledger == Ledger() && progress.nextSequence == 0)
        #expect(progress.nextChunk == 1 && progress.nextPosition == 1)
        #expect(progress.offsets.isEmpty && progress.unsentChunks.isEmpty)
    }

    @Test(arguments: StoreDurability.allCases) func everythingOfABatchSurvives(durability: StoreDurability) throws {
        let store = try open(durability)
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
        try store.close()

        let reopened = try open(durability)
        let progress = reopened.progress
        #expect(progress.ledger.submitted == 60 && progress.ledger.shared == 20 && progress.ledger.conserves)
        #expect(progress.nextSequence == 60 && progress.nextChunk == 4 && progress.nextPosition == 61)
        #expect(progress.offsets == [PartitionOffset(topic: "facility.records", partition: 3, next: 60)])
        #expect(progress.unsentChunks == [3])
        #expect(try reopened.countByPhase() == [.pending: 40, .shared: 20])
        #expect(try reopened.oldestKeptSince() == 1)
        let chunk = try #require(try reopened.outboxChunk(3))
        #expect(chunk.count == 2 && chunk.firstSequence == 40)
        #expect(try reopened.outboxChunk(2) == nil)
        var read: SampleRecord?
        try reopened.batch {
            read = try $0.record(.stored(59))
            #expect(try $0.record(.stored(60)) == nil)
            #expect(try $0.kept(at: 60) == Array(repeating: 59, count: 500))
            return nil
        }
        #expect(read == SampleRecord(.pending, 59, keptAt: 60))
    }

    @Test func leavesAreNumberedWithoutGapsOverOpenings() throws {
        for _ in 0..<4 {
            let store = try open()
            var batch = SampleBatch(continuing: store.progress)
            for _ in 0..<2 { try store.batch { try batch.fill(&$0) } }
            try store.close()
        }
        var numbers: [Int64] = []
        var offsets: [Int64] = []
        try open().forEachLeaf { number, leaf in
            numbers.append(number)
            offsets.append(leaf.offset)
        }
        #expect(numbers == Array(0..<160) && offsets == numbers)
    }

    @Test func aBodyThatThrowsLeavesNothing() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        try store.batch { try batch.fill(&$0) }
        #expect(throws: Refused.self) {
            try store.batch { state in
                _ = try batch.fill(&state)
                throw Refused()
            }
        }
        try store.close()
        let reopened = try open()
        #expect(reopened.progress.ledger.submitted == 20 && reopened.progress.nextChunk == 2)
        #expect(try reopened.countByPhase() == [.pending: 20])
        #expect(try reopened.oldestKeptSince() == 1)
    }

    @Test func aCommitThatTheDatabaseRefusesLeavesNothing() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        try store.batch { try batch.fill(&$0) }
        #expect(throws: StoreError(.database, "")) {
            try store.batch { state in
                state.set(SampleRecord(.refused, 1), for: .stored(999))
                return BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: SampleBatch.leaves(from: 0), chunk: nil,
                    sentChunks: [])
            }
        }
        try store.close()
        let reopened = try open()
        #expect(try reopened.countByPhase() == [.pending: 20])
        #expect(reopened.progress.ledger.submitted == 20)
    }

    @Test func numbersOfChunksAndPositionsAreNeverUsedTwice() throws {
        let store = try open()
        try store.batch { state in
            state.drop(state.keep([1], for: .stored(1), since: 1))
            return BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: [], chunk: SampleBatch.chunk(1), sentChunks: [])
        }
        try store.batch { _ in
            BatchCommit(books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: [], chunk: nil, sentChunks: [1])
        }
        try store.close()
        let again = try open()
        #expect(again.progress.nextChunk == 2 && again.progress.nextPosition == 2)
        #expect(again.progress.unsentChunks.isEmpty)
        try again.batch { _ in
            BatchCommit(books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: [], chunk: nil, sentChunks: [])
        }
        try again.close()
        #expect(try open().progress.nextChunk == 2, "a batch without a chunk must not turn the counter back")
    }

    @Test func offsetsMoveForEachPartitionByItself() throws {
        let store = try open()
        for next in [Int64(5), 9] {
            try store.batch { _ in
                BatchCommit(
                    books: PartyBooks(),
                    offsets: [
                        PartitionOffset(topic: "a", partition: 0, next: next),
                        PartitionOffset(topic: "a", partition: Int32(next), next: .max),
                    ], firstLeaf: 0, leaves: [], chunk: nil, sentChunks: [])
            }
        }
        try store.close()
        let offsets = try open().progress.offsets.sorted { $0.partition < $1.partition }
        #expect(offsets.map(\.partition) == [0, 5, 9] && offsets.map(\.next) == [9, .max, .max])
    }

    @Test func aClosedStoreSaysSo() throws {
        let store = try open()
        try store.close()
        #expect(throws: StoreError(.database, "")) { try store.batch { _ in nil } }
    }

    @Test func theBooksAreStoredWhole() throws {
        var ledger = Ledger()
        for value in 0..<7 { ledger.open(); if value > 2 { ledger.refuse(.vssCardExpired) } }
        ledger.share()
        ledger.held = 1
        var figures = OwnFigures()
        figures.signatures = ["coordination-regulation": ["moh", "c06"]]
        figures.sharedByProvince = ["01": 3]
        figures.submission.nextVisit = 99
        figures.submission.startedAt = -4
        let books = PartyBooks(ledger: ledger, figures: figures)
        let store = try open()
        try store.batch { _ in
            BatchCommit(books: books, offsets: [], firstLeaf: 0, leaves: [], chunk: nil, sentChunks: [])
        }
        try store.close()
        #expect(try open().progress.books == books)
    }
}
