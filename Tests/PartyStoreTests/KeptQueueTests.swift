import CoreTestSupport
import ExchangeSchema
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// The queue of kept bytes and the cache of states: on disk they must do what ``MemoryState`` does.
@Suite struct KeptQueueTests {
    private let directory: TemporaryDirectory
    private let store: PartyStore<SampleRecord>

    init() throws {
        directory = try TemporaryDirectory()
        store = try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    private var commit: BatchCommit {
        BatchCommit(books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: [], chunk: nil, sentChunks: [])
    }

    @Test func theQueueIsReadInItsOrderWithinABatchAndAfterIt() throws {
        try store.batch { state throws in
            for number in 1...5 { _ = state.keep([UInt8(number)], for: .stored(Int64(number)), since: Int64(number)) }
            #expect(try state.oldestKept(limit: 3).map(\.position) == [1, 2, 3], "of this batch")
            #expect(try state.kept(at: 2) == [2])
            state.drop(2)
            #expect(try state.kept(at: 2) == nil)
            #expect(try state.oldestKept(limit: 3).map(\.position) == [1, 3, 4])
            return commit
        }
        try store.batch { state throws in
            #expect(try state.oldestKept(limit: 9).map(\.position) == [1, 3, 4, 5])
            state.drop(1)
            state.drop(4)
            state.drop(4)
            #expect(try state.kept(at: 1) == nil)
            let position = state.keep([6], for: .stored(6), since: 6)
            #expect(position == 6)
            #expect(try state.oldestKept(limit: 2).map(\.position) == [3, 5])
            #expect(try state.oldestKept(limit: 9).map(\.bytes) == [[3], [5], [6]])
            #expect(try state.oldestKept(limit: 9).map(\.record) == [.stored(3), .stored(5), .stored(6)])
            return commit
        }
        #expect(try store.oldestKeptSince() == 3)
    }

    @Test(arguments: [Int64.min, -1, 0, 7, 8, 1_000, .max]) func aPositionThatNeverWasKeepsNothing(
        position: Int64
    ) throws {
        try store.batch { state throws in
            for number in 1...6 { _ = state.keep([UInt8(number)], for: .stored(1), since: 1) }
            #expect(try state.kept(at: position) == nil)
            state.drop(position)
            return commit
        }
        try store.batch { state throws in
            #expect(try state.oldestKept(limit: 10).count == 6)
            return nil
        }
    }

    @Test(arguments: [1, 2, 3]) func diskAndMemoryAgree(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var memory = MemoryState<SampleRecord>()
        for _ in 0..<60 {
            try store.batch { state throws in
                for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                    let record = RecordIdentifier.stored(.random(in: 0..<20, using: &generator))
                    let position = Int64.random(in: 0..<80, using: &generator)
                    let value = SampleRecord(.pending, .random(in: 0...99, using: &generator))
                    switch Int.random(in: 0..<5, using: &generator) {
                    case 0:
                        let bytes = [UInt8(value.value)]
                        #expect(state.keep(bytes, for: record, since: 1) == memory.keep(bytes, for: record, since: 1))
                    case 1:
                        state.drop(position)
                        memory.drop(position)
                    case 2: #expect(try state.kept(at: position) == memory.kept(at: position))
                    case 3: #expect(try state.oldestKept(limit: 4) == memory.oldestKept(limit: 4))
                    default:
                        #expect(try state.record(record) == memory.record(record))
                        state.set(value, for: record)
                        memory.set(value, for: record)
                    }
                }
                return commit
            }
        }
        #expect(try store.countByPhase() == memory.countByPhase)
    }

    @Test func moreRecordsThanMemoryRemembersAreReadRight() throws {
        let count: Int64 = 80_000
        let step: Int64 = 10_000
        for first in stride(from: Int64(0), to: count, by: Int64.Stride(step)) {
            try store.batch { state throws in
                for number in first..<first + step {
                    state.set(SampleRecord(.pending, UInt64(number)), for: .stored(number))
                }
                return commit
            }
        }
        // The oldest are long out of memory; changing them and reading the rest must lose nothing.
        try store.batch { state throws in
            for number in stride(from: Int64(0), to: count, by: 97) {
                #expect(try state.record(.stored(number)) == SampleRecord(.pending, UInt64(number)))
                state.set(SampleRecord(.shared, UInt64(number) + 1), for: .stored(number))
            }
            return commit
        }
        var wrong = 0
        try store.batch { state throws in
            for number in 0..<count {
                let changed = number.isMultiple(of: 97)
                let expected = SampleRecord(changed ? .shared : .pending, UInt64(number) + (changed ? 1 : 0))
                if try state.record(.stored(number)) != expected { wrong += 1 }
            }
            return nil
        }
        #expect(wrong == 0)
        #expect(try store.countByPhase() == [.shared: 825, .pending: count - 825])
    }
}
