import CoreTestSupport
import PartyCore
import Testing

@testable import MoHParty

@Suite struct MoHRecordTests {
    @Test func storedFormKeepsEverything() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            var record = MoHRecord(revision: .random(in: 0...UInt32.max, using: &generator))
            record.isPassedOn = .random(using: &generator)
            if Bool.random(using: &generator) {
                record.book = BookPlace(
                    citizenNumber: .random(in: 0..<1_000_000_000_000, using: &generator),
                    province: .random(in: 1...99, using: &generator),
                    revision: .random(in: 1...0xFFFF, using: &generator))
                record.book?.entryProvince = .random(in: 1...99, using: &generator)
            }
            record.phase = RecordPhase.allCases.randomElement(using: &generator) ?? .pending
            record.reason = .random(in: 0...UInt16.max, using: &generator)
            record.residence = .random(in: 0...255, using: &generator)
            record.keptAt = .random(in: 0...Int64.max, using: &generator)
            if Bool.random(using: &generator) {
                let code: UInt16? = Bool.random(using: &generator) ? .random(in: 0...999, using: &generator) : nil
                record.assessment = .init(
                    cardCheckCode: code, benefitPercent: .random(in: 0...100, using: &generator))
            }
            if Bool.random(using: &generator) {
                record.identity = .init(
                    citizenNumber: .random(in: 0..<1_000_000_000_000, using: &generator),
                    movedToProvince: .random(in: 0...99, using: &generator))
            }
            #expect(MoHRecord(words: record.words) == record)
            #expect(record.words.fifth == record.book?.citizenNumber ?? 0, "by it the record is found")
        }
    }

    @Test func wordsWithoutAPhaseAreDamaged() {
        #expect(MoHRecord(words: RecordWords(0, 0, 0, 0, 0)) == nil)
        #expect(MoHRecord(words: RecordWords(6, 0, 0, 0, 0)) == nil)
    }
}
