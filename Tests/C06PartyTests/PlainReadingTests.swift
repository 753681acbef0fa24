import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import C06Party

/// What C06 reads where it lies, and writes itself, is what the library reads and writes.
@Suite struct PlainReadingTests {
    private let record = RecordIdentifier.sample(1)

    @Test(arguments: [UInt64(1), 2, 3]) func whatIsReadInPlaceIsWhatTheLibraryReads(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var decisions: [Decision: Int] = [:]
        for round in 0..<1_500 {
            var check = SampleVisit(
                record, of: SamplePeople.all.randomElement(using: &random) ?? SamplePeople.an
            ).identityCheck()
            switch round % 9 {
            case 0: check.citizenNumber = ["", " ", "012345678", "001085000009"][round % 4]
            case 1: check.fullName = ["Nguyễn  Văn An", "", "TRẦN VĂN X"][round % 3]
            case 2: check.birthDate = ["19850000", "x", "19850318"][round % 3]
            default: break
            }
            var payload = check.encoded
            if round.isMultiple(of: 2) { payload = SpoiltMessage.spoilt(payload, by: &random) }
            let core = C06Core(registry: SampleRegister(), gate: nil)
            var (inPlace, library) = (Rig(core), Rig(core))
            let head = MessageHead(
                type: .identityCheck, message: MessageIdentifier(.identityCheck, record: record, revision: 1),
                record: record, source: "/vss")
            let found = try inPlace.outcome(of: payload, head)
            let expected = try library.outcome(of: SpoiltMessage.unknownField + payload, head)
            #expect(found == expected, "\(payload)")
            decisions[found.verdict.decision, default: 0] += 1
        }
        #expect(decisions[.accepted, default: 0] > 200 && decisions[.refused, default: 0] > 100)
        #expect(decisions[.unreadable, default: 0] > 100)
    }

    /// An answer with anything in it has the bytes that the library writes.
    @Test func anAnswerIsWrittenAsTheLibraryWritesIt() {
        var random = SeededGenerator(seed: 7)
        let texts = ["", "01", "001085000001", "20250101", "202501011200", "Nguyễn Văn An"]
        func text() -> String { texts.randomElement(using: &random) ?? "" }
        for _ in 0..<2_000 {
            var result = IdentityResult()
            result.recordID = Bool.random(using: &random) ? record.description : text()
            let (bits, shift) = (random.next(), random.next() % 64)
            result.revision = UInt32(truncatingIfNeeded: bits >> shift)
            result.outcome = IdentityOutcome(rawValue: Int.random(in: 0..<7, using: &random)) ?? .match
            result.mismatchReason = MismatchReason(rawValue: Int.random(in: 0..<5, using: &random)) ?? .unspecified
            result.civilStatus = CivilStatus(rawValue: Int.random(in: 0..<5, using: &random)) ?? .unspecified
            (result.citizenNumber, result.movedToProvince, result.diedOn) = (text(), text(), text())
            (result.movedOn, result.movedFromProvince, result.numberSince) = (text(), text(), text())
            result.checkedAt = Int64(bitPattern: bits) >> Int64(shift)
            result.numberReplaced = Bool.random(using: &random)
            var message = MessageWriter(behind: [1, 2])
            result.write(to: &message)
            #expect(message.bytes == [1, 2] + result.encoded)
        }
    }
}
