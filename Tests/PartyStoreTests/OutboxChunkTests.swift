import CoreTestSupport
import ExchangeSchema
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

@testable import PartyStore

/// The stored form of a chunk: nothing lost, and no damage that traps.
@Suite struct OutboxChunkTests {
    private func stored(_ chunk: OutboxChunk) -> [UInt8] {
        var writer = ByteWriter()
        chunk.encode(into: &writer)
        return writer.bytes
    }

    @Test func storedFormKeepsEverything() throws {
        var chunk = SampleBatch.chunk(7, firstSequence: 41)
        chunk.deadLetters.append(DeadLetter(topic: "t", key: [], value: nil, headers: []))
        let read = try #require(OutboxChunk(number: 7, stored: stored(chunk)))
        #expect(read.number == 7 && read.time == chunk.time && read.firstSequence == 41)
        #expect(read.arena == chunk.arena && read.deadLetters == chunk.deadLetters && read.count == 3)
        #expect(read.messages.map(\.type) == [.correction])
        #expect(read.messages.map(\.message) == chunk.messages.map(\.message))
        #expect(read.messages.map(\.record) == [.stored(7)])
        #expect(read.messages.map(\.key) == chunk.messages.map(\.key))
        #expect(read.messages.map(\.salt) == chunk.messages.map(\.salt))
        #expect(read.messages.map(\.source) == chunk.messages.map(\.source))
        #expect(read.messages.map(\.payload) == chunk.messages.map(\.payload))
    }

    /// What a broken sender sends is sent again as it was, after a restart too.
    @Test func aPayloadThatWasReplacedIsStored() throws {
        var effects = Effects()
        for record in [Int64(1), 2] {
            effects.send(
                encoded: Array(repeating: UInt8(record), count: 9), as: .facilityRecord, record: .stored(record),
                revision: 1, key: "key \(record)", source: "/0101\(record)")
        }
        effects.replacePayload(at: 0, with: [0xFF, 0xFE])
        effects.repeatMessage(at: 0)
        let chunk = OutboxChunk(
            number: 1, time: 1, firstSequence: 0, messages: effects.messages, arena: effects.arena, deadLetters: [])
        let read = try #require(OutboxChunk(number: 1, stored: stored(chunk)))
        func texts(_ range: (OutgoingMessage) -> Range<Int>) -> [String] {
            read.messages.map { String(decoding: read.arena[range($0)], as: UTF8.self) }
        }
        #expect(read.messages.map { Array(read.arena[$0.payload]) }.prefix(2) == [[0xFF, 0xFE], [0xFF, 0xFE]])
        #expect(Array(read.arena[read.messages[2].payload]) == Array(repeating: 2, count: 9))
        #expect(texts(\.key) == ["key 1", "key 1", "key 2"] && texts(\.source) == ["/01011", "/01011", "/01012"])
    }

    @Test func anEmptyChunkIsOne() throws {
        let empty = OutboxChunk(number: 1, time: .min, firstSequence: .max, messages: [], arena: [], deadLetters: [])
        let read = try #require(OutboxChunk(number: 1, stored: stored(empty)))
        #expect(read.time == .min && read.firstSequence == .max && read.count == 0)
    }

    @Test func everyTruncationIsDamaged() {
        let bytes = stored(SampleBatch.chunk(1))
        for length in bytes.indices {
            #expect(OutboxChunk(number: 1, stored: Array(bytes.prefix(length))) == nil, "length \(length)")
        }
        #expect(OutboxChunk(number: 1, stored: bytes + [0]) == nil, "one byte too many")
    }

    @Test func aTypeThatIsNoneIsDamaged() {
        var bytes = stored(SampleBatch.chunk(1))
        let type = 8 + 8 + 4 + 4 + 4
        bytes[type + 1] = 1
        #expect(OutboxChunk(number: 1, stored: bytes) == nil)
    }

    @Test func noDamageTraps() {
        var generator = SeededGenerator(seed: 3)
        let bytes = stored(SampleBatch.chunk(1))
        for index in bytes.indices {
            for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] = value
                check(OutboxChunk(number: 1, stored: damaged))
            }
        }
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<200, using: &generator)
            check(OutboxChunk(number: 1, stored: (0..<count).map { _ in .random(in: 0...255, using: &generator) }))
        }
    }

    /// Whatever is read, its messages must lie in its arena.
    private func check(_ chunk: OutboxChunk?) {
        guard let chunk else { return }
        for message in chunk.messages {
            #expect(message.payload.upperBound <= chunk.arena.count && message.key.lowerBound >= 0)
            _ = chunk.arena[message.key].count + chunk.arena[message.source].count + chunk.arena[message.payload].count
        }
    }
}
