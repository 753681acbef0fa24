import CoreTestSupport
import ExchangeSchema
import Testing
import Vocabulary

@Suite struct MessageIdentifierTests {
    @Test func theSameThingHasTheSameIdentifier() {
        let record = RecordIdentifier(high: 1, low: 2)
        #expect(
            MessageIdentifier(.assessment, record: record, revision: 1)
                == MessageIdentifier(.assessment, record: record, revision: 1))
        #expect(
            MessageIdentifier(.agreementSignature, about: "a|b") == MessageIdentifier(.agreementSignature, about: "a|b")
        )
    }

    @Test func typeRevisionAndRecordTellApart() {
        var seen = Set<MessageIdentifier>()
        var generator = SeededGenerator(seed: 5)
        var records = (0..<1_000).map { RecordIdentifier.sample($0) }
        records += (0..<1_000).map { _ in RecordIdentifier(high: generator.next(), low: generator.next()) }
        records +=
            (0..<64).map { RecordIdentifier(high: 1 << $0, low: 0) }
            + (0..<64).map { RecordIdentifier(high: 0, low: 1 << $0) }
        for record in records {
            for type in MessageType.allCases {
                for revision: UInt32 in [1, 2, 3, .max] {
                    seen.insert(MessageIdentifier(type, record: record, revision: revision))
                }
            }
        }
        #expect(seen.count == records.count * MessageType.allCases.count * 4)
    }

    /// Two records whose halves meet in the mix with their places exchanged: a symmetric mix would not tell them apart.
    @Test func theMixTellsItsTwoHalvesApart() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<200 {
            let (first, second) = (generator.next(), generator.next())
            let one = record(first, second)
            let other = record(second, first)
            #expect(
                MessageIdentifier(.facilityRecord, record: one, revision: 1)
                    != MessageIdentifier(.facilityRecord, record: other, revision: 1))
        }
    }

    /// The record whose identifier's inner words for revision 1 of a facility record are these.
    private func record(_ first: UInt64, _ second: UInt64) -> RecordIdentifier {
        let salt = mixed(UInt64(MessageType.facilityRecord.rawValue) << 32 | 1 &+ 0x9E37_79B9_7F4A_7C15)
        return RecordIdentifier(high: unmixed(first) &- salt, low: unmixed(second) ^ first)
    }

    private func mixed(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    private func unmixed(_ value: UInt64) -> UInt64 {
        var word = value ^ (value >> 31) ^ (value >> 62)
        word = word &* 0x3196_42B2_D24D_8EC3
        word = (word ^ (word >> 27) ^ (word >> 54)) &* 0x96DE_1B17_3F11_9089
        return word ^ (word >> 30) ^ (word >> 60)
    }

    @Test func versionAndVariantAreThoseOfRFC9562() {
        var generator = SeededGenerator(seed: 8)
        for number in 0..<1_000 {
            let record = RecordIdentifier(high: generator.next(), low: generator.next())
            let type = MessageType.allCases[number % MessageType.allCases.count]
            for identifier in [
                MessageIdentifier(type, record: record, revision: UInt32(number)),
                MessageIdentifier(type, about: "text \(number)"),
            ] {
                #expect(identifier.uuid.high >> 12 & 0xF == 8)
                #expect(identifier.uuid.low >> 62 == 2)
                #expect(RecordIdentifier(identifier.description) == identifier.uuid)
            }
        }
    }

    @Test func textsTellApart() {
        let identifiers = (0..<500).map { MessageIdentifier(.agreementSignature, about: "coordination|\($0)") }
        #expect(Set(identifiers).count == 500)
        #expect(MessageIdentifier(.correction, about: "x") != MessageIdentifier(.bookEntry, about: "x"))
    }

    @Test func eventTypesAreReadBack() {
        for type in MessageType.allCases { #expect(MessageType(eventType: type.eventType) == type) }
        #expect(MessageType(eventType: "exchange.v1.Nothing") == nil && MessageType(rawValue: 0) == nil)
    }
}
