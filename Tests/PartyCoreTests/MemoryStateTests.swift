import CoreTestSupport
import ExchangeSchema
import LocalityParty
import PartyCore
import Testing

@Suite struct MemoryStateTests {
    private func record(_ number: UInt64) -> LocalityRecord {
        LocalityRecord(revision: UInt32(number), province: 1, citizenNumber: number)
    }

    @Test func statesAreFoundAndReplaced() {
        var state = MemoryState<LocalityRecord>()
        #expect(state.record(.sample(1)) == nil)
        state.set(record(1), for: .sample(1))
        state.set(record(2), for: .sample(1))
        state.set(record(3), for: .sample(2))
        #expect(state.record(.sample(1)) == record(2) && state.countByPhase == [.shared: 2])
    }

    @Test func aCopyIsACheckpoint() {
        var state = MemoryState<LocalityRecord>()
        let before = state
        state.set(record(1), for: .sample(1))
        _ = state.keep([1], for: .sample(1), since: 1)
        #expect(before.records.isEmpty && before.keptCount == 0 && before.oldestKept(limit: 1).isEmpty)
    }

    @Test func theQueueKeepsItsOrderAndItsPositions() {
        var generator = SeededGenerator(seed: 2)
        var state = MemoryState<LocalityRecord>()
        var expected: [Int64: [UInt8]] = [:]
        for number in 0..<20_000 {
            let bytes = [UInt8(number & 255)]
            let position = state.keep(bytes, for: .sample(UInt64(number)), since: Int64(number))
            #expect(position == Int64(number) + 1)
            expected[position] = bytes
            let drop = Int64.random(in: max(0, position - 50)...position, using: &generator)
            state.drop(drop)
            expected[drop] = nil
            if number.isMultiple(of: 1_000) {
                #expect(state.oldestKept(limit: 5).map(\.position) == Array(expected.keys.sorted().prefix(5)))
            }
        }
        #expect(state.keptCount == expected.count)
        for (position, bytes) in expected { #expect(state.kept(at: position) == bytes) }
        for position in expected.keys { state.drop(position) }
        #expect(state.oldestKept(limit: 1).isEmpty && state.keptCount == 0)
        #expect(state.keep([1], for: .sample(1), since: 1) == 20_001, "a position is never used twice")
    }

    @Test(arguments: [Int64.min, -1, 0, 2, .max]) func aPositionThatNeverWasKeepsNothing(position: Int64) {
        var state = MemoryState<LocalityRecord>()
        _ = state.keep([1], for: .sample(1), since: 1)
        state.drop(position)
        #expect(state.kept(at: position) == nil && state.keptCount == 1)
        #expect(state.oldestKept(limit: 0).isEmpty && state.oldestKept(limit: -1).isEmpty)
    }
}
