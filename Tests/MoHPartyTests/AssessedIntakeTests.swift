import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// Records come from VSS, with their assessment.
@Suite struct AssessedIntakeTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func rig() -> Rig<MoHCore> { Rig(MoHCore(duties: .moh2026)) }

    private func assessed(_ visit: SampleVisit, revision: UInt32 = 1) -> AssessedRecord {
        var assessment = answers.covered(record)
        assessment.recordID = ""
        assessment.revision = 0
        return AssessedRecord(visit.facilityRecord(revision: revision), assessment: assessment)
    }

    @Test func aSoundRecordIsPendingAndC06IsAsked() throws {
        var rig = rig()
        let visit = SampleVisit(record)
        #expect(try rig.receive(assessed(visit), record) == Verdict(.accepted))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.identityCheck] && sent[0].head.source == "/moh")
        #expect(try sent[0].decoded(as: IdentityCheck.self) == visit.identityCheck(), "and told nothing else")
        #expect(rig.ledger.pending == 1 && rig.ledger.submitted == 1 && rig.state.keptCount == 1)
        try rig.checkRows()
    }

    @Test func aMatchAlonePutsItIntoTheBook() throws {
        var rig = rig()
        let visit = SampleVisit(record)
        try rig.receive(assessed(visit), record)
        _ = rig.takeSent()
        #expect(try rig.receive(answers.match(record), record) == Verdict(.accepted))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.bookEntry, .sharingNotice] && sent[0].key == "001085000001")
        let entry: BookEntry = try sent[0].decoded()
        #expect(entry.cardCheckCode == "000" && entry.benefitPercent == 80 && entry.residentProvince == "01")
        #expect(entry.administrative == .init(visit.administrative.encoded))
        #expect(entry.insurance == .init(visit.insurance.encoded))
        #expect(entry.clinical == .init(visit.clinical.encoded) && entry.facilityCode == visit.facilityCode)
        #expect(rig.ledger.shared == 1 && rig.ledger.pending == 0 && rig.state.keptCount == 0)
        try rig.checkRows()
    }

    @Test func theRulesOfIntakeHoldHereToo() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = "?1"
        #expect(try rig.receive(assessed(visit), record) == Verdict(.refused, .mohDiagnosisMalformed))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.correction] && sent[0].key == visit.facilityCode)
        let correction: Correction = try sent[0].decoded()
        #expect(correction.refusedBy == .moh && correction.code == "moh.diagnosis-malformed")
        #expect(try rig.receive(assessed(SampleVisit(record), revision: 2), record, revision: 2).decision == .accepted)
        #expect(rig.takeSent().map(\.head.type) == [.identityCheck] && rig.ledger.refused == 0)
        try rig.checkRows()
    }

    @Test func whatC06RefusesGoesBackToTheFacility() throws {
        var rig = rig()
        try rig.receive(assessed(SampleVisit(record)), record)
        _ = rig.takeSent()
        #expect(try rig.receive(answers.noMatch(record, .deceased), record) == Verdict(.refused, .c06Deceased))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.refusedBy == .c06 && correction.value == "001085000001" && correction.field == "SO_CCCD")
        #expect(rig.state.keptCount == 0)
    }

    static let broken: [(String, @Sendable (inout AssessedRecord) -> Void)] = [
        ("outcome is unset; it is covered, not insured or refused", { $0.clearAssessment() }),
        (
            "outcome is refused; what VSS refuses it returns to the facility itself, as a correction",
            {
                $0.assessment.outcome = .refused
                $0.assessment.cardCheckCode = "050"
            }
        ),
        ("benefit_percent is 250, not 0 to 100", { $0.assessment.benefitPercent = 250 }),
        ("card_check_code is \"\", not three digits", { $0.assessment.cardCheckCode = "" }),
        ("revision is 0; the first one is 1", { $0.revision = 0 }),
    ]

    /// What VSS sends wrongly is a dead letter; the facility, which could correct nothing, is not told.
    @Test(arguments: broken.indices) func whatVSSSendsWronglyNamesItsRule(index: Int) throws {
        var rig = rig()
        var message = assessed(SampleVisit(record))
        Self.broken[index].1(&message)
        #expect(try rig.receive(message, record) == Verdict(.unreadable))
        #expect(
            rig.deadLetters == ["the payload is not a readable exchange.v1.AssessedRecord: \(Self.broken[index].0)"])
        #expect(rig.takeSent().isEmpty && rig.ledger.submitted == 0)
    }

    @Test func copiesAndWhatIsInTheBookChangeNothing() throws {
        var rig = rig()
        try rig.receive(assessed(SampleVisit(record)), record)
        #expect(try rig.receive(assessed(SampleVisit(record)), record).decision == .duplicate)
        try rig.receive(answers.match(record), record)
        _ = rig.takeSent()
        #expect(try rig.receive(answers.match(record), record).decision == .duplicate)
        #expect(rig.takeSent().isEmpty && rig.ledger.shared == 1)
    }

    @Test func messagesOfTheOtherRouteAreLeftAlone() throws {
        var rig = rig()
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), record).decision == .notAddressed)
        #expect(try rig.receive(answers.covered(record), record).decision == .notAddressed)
        var earlier = Rig(MoHCore(duties: .moh2024))
        #expect(try earlier.receive(assessed(SampleVisit(record)), record).decision == .notAddressed)
        #expect(rig.ledger == Ledger() && earlier.ledger == Ledger())
    }
}
