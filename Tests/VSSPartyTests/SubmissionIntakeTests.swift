import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// Each row of the second table at ``VSSCore``: records come straight from facilities.
@Suite struct SubmissionIntakeTests {
    private let record = RecordIdentifier.sample(1)

    private func rig() -> Rig<VSSCore<SampleRegister>> {
        Rig(VSSCore(registry: SampleRegister(), duties: .vss2026))
    }

    private func refused(_ change: (inout FacilityRecord) -> Void, revision: UInt32 = 1) -> FacilityRecord {
        var message = SampleVisit(record).facilityRecord(revision: revision)
        change(&message)
        return message
    }

    @Test func theWholeVisitGoesOnByteForByteWithItsAssessment() throws {
        var rig = rig()
        var submission = SampleVisit(record).facilityRecord()
        submission.clinicalDetails = .init([0x0A, 0x00])
        #expect(try rig.receive(submission, record) == Verdict(.accepted))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.assessedRecord], "C06 is not asked by VSS")
        #expect(sent[0].key == record.description && sent[0].head.source == "/vss")
        let passed: AssessedRecord = try sent[0].decoded()
        #expect(passed.submission == submission)
        #expect(passed.assessment.outcome == .covered && passed.assessment.cardCheckCode == "000")
        #expect(passed.assessment.benefitPercent == 80 && passed.assessment.assessedAt == rig.now)
        #expect(passed.assessment.recordID.isEmpty && passed.assessment.contradictions.isEmpty)
        #expect(rig.ledger.shared == 1 && rig.ledger.pending == 0)
        try rig.checkRows()
    }

    @Test func aVisitWithoutCardGoesOn() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.insurance.maTheBhyt = ""
        #expect(try rig.receive(visit.facilityRecord(), record) == Verdict(.accepted))
        let passed: AssessedRecord = try #require(rig.takeSent().first).decoded()
        #expect(passed.assessment.outcome == .notInsured && passed.assessment.cardCheckCode.isEmpty)
    }

    @Test func whatIsRefusedGoesBackToTheFacility() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.insurance.maTheBhyt = "9999999999"
        #expect(try rig.receive(visit.facilityRecord(), record) == Verdict(.refused, .vssCardUnknown))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.correction] && sent[0].key == visit.facilityCode)
        let correction: Correction = try sent[0].decoded()
        #expect(correction.refusedBy == .vss && correction.code == "vss.050" && correction.field == "MA_THE_BHYT")
        #expect(correction.value == "9999999999" && correction.revision == 1 && correction.refusedAt == rig.now)
        #expect(correction.facilityCode == visit.facilityCode && correction.recordID == record.description)
        #expect(rig.ledger.refusedByReason == ["vss.050": 1])
        try rig.checkRows()
    }

    /// What VSS does not look at is for MoH to say.
    @Test func aBlockThatVSSReadsMustBeReadable() throws {
        for change in [{ $0.administrative = .init([0xFF]) }, { $0.insurance = .init([0xFF]) }]
            as [(inout FacilityRecord) -> Void]
        {
            var rig = rig()
            #expect(try rig.receive(refused(change), record) == Verdict(.refused, .vssUnreadable))
            let correction: Correction = try #require(rig.takeSent().first).decoded()
            #expect(correction.code == "vss.unreadable" && correction.refusedBy == .vss)
            #expect(correction.rule.hasPrefix("the block must be an encoded exchange.v1."))
            #expect(rig.ledger.deadLetters == 0 && rig.ledger.refused == 1)
        }
        var rig = rig()
        #expect(try rig.receive(refused { $0.clinical = .init([0xFF]) }, record).decision == .accepted)
    }

    @Test func whatIsNoRecordIsRefusedAndADeadLetter() throws {
        var rig = rig()
        let message = SentMessage(unreadable: .facilityRecord, record, source: "/facility/01013")
        #expect(try rig.receive(message) == Verdict(.unreadable, .vssUnreadable))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.correction] && sent[0].key == "01013")
        let correction: Correction = try sent[0].decoded()
        #expect(correction.code == "vss.unreadable" && correction.facilityCode == "01013" && correction.revision == 1)
        #expect(rig.ledger.refused == 1 && rig.ledger.submitted == 1 && rig.ledger.deadLetters == 1)
        #expect(try rig.receive(message).decision == .unreadable)
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 1, "a copy has no second effect")
        try rig.checkRows()
    }

    /// After a refusal by VSS, and after one further on, of which VSS does not hear.
    @Test(arguments: [true, false]) func theNextRevisionMayBeUnreadableToo(refusedHere: Bool) throws {
        var rig = rig()
        var visit = SampleVisit(record)
        if refusedHere { visit.insurance.maTheBhyt = "9999999999" }
        try rig.receive(visit.facilityRecord(), record)
        _ = rig.takeSent()
        let later = SentMessage(unreadable: .facilityRecord, record, revision: 3, source: "/facility/01013")
        #expect(try rig.receive(later).decision == .unreadable)
        #expect(rig.takeSent().isEmpty, "not the revision that is awaited")
        try rig.receive(SentMessage(unreadable: .facilityRecord, record, revision: 2, source: "/facility/01013"))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.revision == 2 && correction.code == "vss.unreadable")
        #expect(rig.ledger.refused == 1 && rig.ledger.shared == 0 && rig.ledger.submitted == 1)
        try rig.checkRows()
    }

    @Test func aLaterRevisionIsTakenUpAgainAndCopiesAreNot() throws {
        var rig = rig()
        let first = SampleVisit(record).facilityRecord()
        let second = SampleVisit(record).facilityRecord(revision: 2)
        try rig.receive(first, record)
        #expect(try rig.receive(first, record).decision == .duplicate)
        #expect(try rig.receive(second, record, revision: 2).decision == .accepted)
        #expect(try rig.receive(first, record).decision == .stale)
        #expect(rig.takeSent().map(\.head.type) == [.assessedRecord, .assessedRecord])
        #expect(rig.ledger.shared == 1 && rig.ledger.submitted == 1)
        try rig.checkRows()
    }

    @Test func messagesForOthersAreLeftAlone() throws {
        var rig = rig()
        #expect(try rig.receive(SampleVisit(record).acceptedRecord(), record).decision == .notAddressed)
        #expect(rig.ledger == Ledger())
    }
}
