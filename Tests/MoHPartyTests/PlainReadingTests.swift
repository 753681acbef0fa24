import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH reads where it lies, and writes from there, is what the library reads and writes: the same messages, whole and
/// spoilt, in front of two cores, one of which gets them behind a field that only the library reads.
@Suite struct PlainReadingTests {
    private let record = RecordIdentifier.sample(1)

    /// Sound visits, and visits that break the rules; a vaccination and a health check among them.
    private static let visits: [FacilityRecord] = {
        typealias Rows = IntakeRulesTests
        let broken = Rows.passing + Rows.required + Rows.person + Rows.visit
        var visits = broken.map { visit in
            var sample = SampleVisit(.sample(1))
            visit.change(&sample)
            return sample.facilityRecord()
        }
        visits += [SampleVisit.vaccination(.sample(1)).facilityRecord()]
        visits += [SampleVisit.healthCheck(.sample(1)).facilityRecord()]
        var details = SampleVisit(.sample(1))
        var drug = DrugLine()
        drug.maThuoc = "40.1"
        details.details.drugs = [drug]
        return visits + [FacilityRecord](repeating: details.facilityRecord(), count: 40)
    }()

    @Test func aPlainRecordIsReadInPlaceAndOneBehindAFieldIsNot() {
        let bytes = SampleVisit(record).facilityRecord().encoded
        #expect(EncodedRecord(.submission, bytes.span, about: record) != nil)
        let behind = SpoiltMessage.unknownField + bytes
        #expect(EncodedRecord(.submission, behind.span, about: record) == nil)
        #expect((try? FacilityRecord(decoding: behind)) != nil)
        let (assessment, match) = (MoHAnswers().covered(record).encoded, MoHAnswers().match(record).encoded)
        #expect(AssessmentAnswers.plainAnswer(assessment.span, about: record)?.answer.cardCheckCode == 0)
        #expect(IdentityAnswers.plainMatch(match.span, about: record)?.answer.citizenNumber == 1_085_000_001)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4], [Duties.moh2024, .moh2026])
    func whatIsReadInPlaceIsWhatTheLibraryReads(seed: UInt64, duties: Duties) throws {
        var random = SeededGenerator(seed: seed)
        var decisions: [Decision: Int] = [:]
        for round in 0..<900 {
            var messages = try messages(round, duties, &random)
            if round.isMultiple(of: 2) {
                let place = Int.random(in: 0..<messages.count, using: &random)
                messages[place].payload = SpoiltMessage.spoilt(messages[place].payload, by: &random)
            }
            let core = MoHCore(duties: duties, releases: round.isMultiple(of: 11) ? Self.fewer : .blocksOnly)
            var (inPlace, library) = (Rig(core), Rig(core))
            for (type, payload) in messages {
                let head = MessageHead(
                    type: type, message: MessageIdentifier(type, record: record, revision: 1), record: record,
                    source: type == .assessedRecord ? "/vss" : "/facility/01013")
                let found = try inPlace.outcome(of: payload, head)
                let expected = try library.outcome(of: SpoiltMessage.unknownField + payload, head)
                #expect(found == expected, "\(type) \(payload)")
                decisions[found.verdict.decision, default: 0] += 1
            }
        }
        #expect(decisions[.accepted, default: 0] > 300 && decisions[.refused, default: 0] > 100)
        #expect(decisions[.unreadable, default: 0] > 20)
    }

    /// A facility can write any field; those in which MoH keeps what VSS says are not its own.
    @Test(arguments: [[0x4A, 2, 0x31, 0x32], [0x52, 1, 0xFF], [0x52, 2, 0x18, 2]] as [[UInt8]])
    func whatAFacilityWritesInFieldsOfOthersIsNotKept(fields: [UInt8]) throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        var message = SentMessage(SampleVisit(record).facilityRecord(), record, source: "/facility/01013")
        message.payload += fields
        #expect(try rig.receive(message).decision == .accepted)
        #expect(try rig.receive(MoHAnswers().covered(record), record).decision == .accepted)
        #expect(try rig.receive(MoHAnswers().match(record), record).decision == .accepted)
        #expect(rig.ledger.shared == 1)
        #expect(rig.takeSent().map(\.head.type) == [.acceptedRecord, .bookEntry, .sharingNotice])
    }

    /// VSS can write any field too; that in which MoH keeps what VSS says later is not its own.
    @Test(arguments: [[0x52, 1, 0xFF], [0x52, 2, 0x18, 2], [0x50, 7]] as [[UInt8]])
    func whatVSSWritesInFieldsOfOthersIsNotKept(fields: [UInt8]) throws {
        var rig = Rig(MoHCore(duties: .moh2026))
        var assessment = MoHAnswers().covered(record)
        (assessment.recordID, assessment.revision) = ("", 0)
        var message = SentMessage(
            AssessedRecord(SampleVisit(record).facilityRecord(), assessment: assessment), record, source: "/vss")
        message.payload += fields
        #expect(try rig.receive(message).decision == .accepted)
        #expect(try rig.receive(MoHAnswers().match(record), record).decision == .accepted)
        #expect(rig.ledger.shared == 1)
        #expect(rig.takeSent().map(\.head.type) == [.identityCheck, .bookEntry, .sharingNotice])
    }

    @Test func whatIsKeptIsTheRecordWithoutFieldsOfMoH() throws {
        let whole = SampleVisit(record).facilityRecord().encoded
        let own: [UInt8] = [0x4A, 2, 0x31, 0x32, 0x50, 7, 0x52, 1, 0xFF]
        let unknown: [UInt8] = [0xFA, 1, 1, 9]
        let (with, kept) = (own + whole + own + unknown, whole + unknown)
        #expect(KeptSubmission.bytes(of: with.span.bytes, without: 9...10) == kept)
        #expect(
            KeptSubmission.bytes(of: with.span.bytes, without: 10...10) == [0x4A, 2, 0x31, 0x32] + whole + [
                0x4A, 2, 0x31, 0x32,
            ] + unknown)
        #expect(KeptSubmission.bytes(of: whole.span.bytes, without: 9...10) == whole)
    }

    /// The book keeps less than localities get.
    private static let fewer = Releases([.book: RecordPartSet([.administrative, .clinical, .clinicalDetails])])

    /// A record, and the two answers to it in either order.
    private func messages(
        _ round: Int, _ duties: Duties, _ random: inout SeededGenerator
    ) throws -> [(type: MessageType, payload: [UInt8])] {
        var visit = try #require(Self.visits.randomElement(using: &random))
        if round.isMultiple(of: 3) {
            let administrative = SpoiltMessage.spoilt(Array(visit.administrative), by: &random)
            let insurance = SpoiltMessage.spoilt(Array(visit.insurance), by: &random)
            let clinical = SpoiltMessage.spoilt(Array(visit.clinical), by: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: visit.administrative = .init(administrative)
            case 1: visit.insurance = .init(insurance)
            case 2: visit.clinical = .init(clinical)
            default: (visit.administrative, visit.clinical) = (.init(administrative), .init(clinical))
            }
        }
        let answers = MoHAnswers()
        var assessment = answers.covered(record)
        var result = answers.match(record)
        if round.isMultiple(of: 5) { assessment = answers.refused(record, code: "010") }
        if round.isMultiple(of: 4) { (assessment.outcome, assessment.cardCheckCode) = (.notInsured, "") }
        if round.isMultiple(of: 7) { result = answers.noMatch(record, .noMatch, .nameDiffers) }
        if round.isMultiple(of: 13) { (result.civilStatus, result.diedOn) = (.died, "20250101") }
        if duties == .moh2026 {
            (assessment.recordID, assessment.revision) = ("", 0)
            if round.isMultiple(of: 6) {
                assessment.lines = [AssessedLine()]
                (assessment.amountClaimed, assessment.amountAccepted) = (9_000, 8_000)
            }
            return [
                (.assessedRecord, AssessedRecord(visit, assessment: assessment).encoded),
                (.identityResult, result.encoded),
            ]
        }
        let said: [(type: MessageType, payload: [UInt8])] = [
            (.assessment, assessment.encoded), (.identityResult, result.encoded),
        ]
        return [(.facilityRecord, visit.encoded)] + (Bool.random(using: &random) ? said : said.reversed())
    }
}
