import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// What VSS reads where it lies, and writes from there, is what the library reads and writes: the same messages, whole and
/// spoilt, in front of two cores, one of which gets them behind a field that only the library reads.
@Suite struct PlainReadingTests {
    private let record = RecordIdentifier.sample(1)

    @Test func aPlainRecordIsReadInPlaceAndOneBehindAFieldIsNot() {
        let bytes = SampleVisit(record).acceptedRecord().encoded
        #expect(ExaminedRecord(bytes.span, about: record) != nil)
        let behind = SpoiltMessage.unknownField + bytes
        #expect(ExaminedRecord(behind.span, about: record) == nil)
        #expect((try? AcceptedRecord(decoding: behind)) != nil)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4], [Duties.vss2024, .vss2026])
    func whatIsReadInPlaceIsWhatTheLibraryReads(seed: UInt64, duties: Duties) throws {
        let type = try #require(duties.intake)
        var random = SeededGenerator(seed: seed)
        var decisions: [Decision: Int] = [:]
        for round in 0..<1_500 {
            var message = visit(round, &random).facilityRecord()
            if round.isMultiple(of: 3) {
                message.administrative = .init(SpoiltMessage.spoilt(Array(message.administrative), by: &random))
            } else if round.isMultiple(of: 4) {
                message.insurance = .init(SpoiltMessage.spoilt(Array(message.insurance), by: &random))
            }
            if round.isMultiple(of: 7) { message.clinicalDetails = .init(SpoiltMessage.unknownField) }
            var payload = type == .facilityRecord ? message.encoded : accepted(message).encoded
            if round.isMultiple(of: 5) { payload = SpoiltMessage.spoilt(payload, by: &random) }
            let core = VSSCore(registry: SampleRegister(), duties: duties, remembersVisits: true)
            var (inPlace, library) = (Rig(core), Rig(core))
            let head = MessageHead(
                type: type, message: MessageIdentifier(type, record: record, revision: 1), record: record,
                source: type == .facilityRecord ? "/facility/01013" : "/moh")
            let found = try inPlace.outcome(of: payload, head)
            let expected = try library.outcome(of: SpoiltMessage.unknownField + payload, head)
            #expect(found == expected, "\(payload)")
            decisions[found.verdict.decision, default: 0] += 1
        }
        #expect(decisions[.accepted, default: 0] > 200 && decisions[.refused, default: 0] > 200)
        #expect(decisions[.unreadable, default: 0] > 100)
    }

    /// What MoH makes of it.
    private func accepted(_ message: FacilityRecord) -> AcceptedRecord {
        var accepted = AcceptedRecord()
        (accepted.recordID, accepted.revision) = (message.recordID, message.revision)
        (accepted.facilityCode, accepted.acceptedAt) = (message.facilityCode, message.submittedAt)
        (accepted.administrative, accepted.insurance) = (message.administrative, message.insurance)
        return accepted
    }

    /// What is written has the bytes that the library writes.
    @Test func whatIsWrittenIsWhatTheLibraryWrites() throws {
        var random = SeededGenerator(seed: 9)
        for round in 0..<2_000 {
            var assessment = Assessment()
            let (bits, shift) = (random.next(), random.next() % 64)
            assessment.recordID = ["", record.description][round % 2]
            assessment.revision = UInt32(truncatingIfNeeded: bits >> shift)
            assessment.outcome = AssessmentOutcome(rawValue: Int(bits % 5)) ?? .covered
            assessment.cardCheckCode = ["", "000", "004"][round % 3]
            assessment.benefitPercent = UInt32(truncatingIfNeeded: bits % 101)
            assessment.assessedAt = Int64(bitPattern: bits) >> Int64(shift)
            if round.isMultiple(of: 4) { assessment.lines = [AssessedLine()] }
            if round.isMultiple(of: 5) { assessment.amountClaimed = Int64(bits % 1_000) }
            if round.isMultiple(of: 7) { assessment.contradictions = [Contradiction()] }
            var message = MessageWriter(behind: [7])
            assessment.write(to: &message)
            #expect(message.bytes == [7] + assessment.encoded)
        }
        var rig = Rig(VSSCore(registry: SampleRegister(), duties: .vss2024))
        for (place, person) in SamplePeople.all.enumerated() {
            let visit = SampleVisit(.sample(UInt64(place) + 2), of: person)
            try rig.receive(visit.acceptedRecord(), visit.record)
            #expect(rig.takeSent().last?.payload == visit.identityCheck().encoded)
        }
    }

    /// A visit in which some fields that rules look at say something else: each of them decides something.
    private func visit(_ round: Int, _ random: inout SeededGenerator) -> SampleVisit {
        var visit = SampleVisit(record, of: SamplePeople.all.randomElement(using: &random) ?? SamplePeople.an)
        (visit.insurance.maDoituongKcb, visit.insurance.maLoaiKcb) = ("1.1", "01")
        visit.insurance.maDkbd = "01013"
        visit.administrative.diaChi = "Số 1 phố Huế"
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            switch Int.random(in: 0..<16, using: &random) {
            case 0: visit.insurance.maTheBhyt = ["", "GD4019999999999", "TE1010123456788"][round % 3]
            case 1: visit.insurance.maDkbd = ["01014", "01000", "01014;01013"][round % 3]
            case 2: visit.insurance.gtTheTu = "20250101;20250201"
            case 3: visit.insurance.gtTheDen = "20250301"
            case 4: visit.insurance.ngayMienCct = "20250101"
            case 5: visit.insurance.maDoituongKcb = ["1.3", "3.1", "1.2", "9.9"][round % 4]
            case 6: visit.insurance.maNoiDi = "01014"
            case 7: visit.insurance.ngayVao = ["202601010830", "2025"][round % 2]
            case 8: visit.insurance.ngayRa = ["202506300830", "20250703", "x"][round % 3]
            case 9: (visit.insurance.tTongchiBh, visit.insurance.tBhtt) = ("9000000", "8980000")
            case 10: visit.insurance.tBncct = " "
            case 11: visit.insurance.tBhtt = "100000.50"
            case 12: visit.insurance.maLoaiKcb = "77"
            case 13: visit.insurance.maCskcb = "01014"
            case 14: visit.insurance.maKhuvuc = "K1"
            default: visit.administrative.hoTen = ["Nguyễn  Văn An", "TRẦN VĂN X", "\u{1F9D1}"][round % 3]
            }
        }
        return visit
    }
}
