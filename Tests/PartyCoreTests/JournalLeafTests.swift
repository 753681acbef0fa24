import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing

@Suite struct JournalLeafTests {
    private func leaf(_ generator: inout SeededGenerator) -> JournalLeaf {
        func identifier() -> MessageIdentifier {
            MessageIdentifier(RecordIdentifier(high: generator.next(), low: generator.next()))
        }
        return JournalLeaf(
            decision: Decision.allCases.randomElement(using: &generator) ?? .sent,
            type: .random(in: 0...255, using: &generator), reason: .random(in: 0...UInt16.max, using: &generator),
            topic: .random(in: 0...255, using: &generator),
            partition: .random(in: Int32.min...Int32.max, using: &generator),
            offset: .random(in: Int64.min...Int64.max, using: &generator), message: identifier(), cause: identifier(),
            time: .random(in: Int64.min...Int64.max, using: &generator),
            digest: PayloadDigest(of: [.random(in: 0...255, using: &generator)]),
            previous: [.none, .first, .leaf(.random(in: 0..<1 << 47, using: &generator))].randomElement(
                using: &generator) ?? .none,
            state: ShortDigest(high: generator.next(), low: generator.next()))
    }

    private func stored(_ leaf: JournalLeaf) -> [UInt8] {
        var bytes: [UInt8] = []
        leaf.append(to: &bytes)
        return bytes
    }

    @Test func storedFormKeepsEverything() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let leaf = leaf(&generator)
            let bytes = stored(leaf)
            #expect(bytes.count == JournalLeaf.width)
            #expect(JournalLeaf(stored: bytes[...]) == leaf)
            #expect(JournalLeaf(stored: ([9, 9, 9] + bytes)[3...]) == leaf, "in the middle of others")
        }
    }

    @Test func everyDamagedBitIsSeen() {
        var generator = SeededGenerator(seed: 5)
        let leaf = leaf(&generator)
        let bytes = stored(leaf)
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(JournalLeaf(stored: damaged[...]) != leaf, "bit \(bit) of byte \(index)")
            }
        }
    }

    @Test func otherLengthsVersionsAndDecisionsAreNoLeaf() {
        var generator = SeededGenerator(seed: 6)
        let bytes = stored(leaf(&generator))
        for count in 0..<bytes.count { #expect(JournalLeaf(stored: bytes.prefix(count)) == nil) }
        #expect(JournalLeaf(stored: (bytes + [0])[...]) == nil)
        for (index, value) in [(0, UInt8(0)), (0, 1), (0, 2), (0, 4), (1, 0), (1, 18)] {
            var damaged = bytes
            damaged[index] = value
            #expect(JournalLeaf(stored: damaged[...]) == nil, "byte \(index) = \(value)")
        }
    }
}
