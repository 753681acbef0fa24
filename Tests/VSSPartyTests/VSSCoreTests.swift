import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// Each row of the table at ``VSSCore``.
@Suite struct VSSCoreTests {
    private let record = RecordIdentifier.sample(1)

    private func rig() -> Rig<VSSCore<SampleRegister>> { Rig(VSSCore(registry: SampleRegister(), duties: .vss2024)) }

    @Test func aUsableCardIsCoveredAndThePersonIsToBeIdentified() throws {
        var rig = rig()
        let visit = SampleVisit(record)
        #expect(try rig.receive(visit.acceptedRecord(), record) == Verdict(.accepted))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.assessment, .identityCheck])
        let assessment: Assessment = try sent[0].decoded()
        #expect(assessment.outcome == .covered && assessment.cardCheckCode == "000" && assessment.benefitPercent == 80)
        #expect(assessment.assessedAt == rig.now && assessment.revision == 1)
        #expect(rig.ledger.shared == 1 && rig.ledger.pending == 0)
        try rig.checkRows()
    }

    @Test func c06IsToldNumberNameAndBirthDateAndNothingElse() throws {
        var rig = rig()
        let visit = SampleVisit(record)
        try rig.receive(visit.acceptedRecord(), record)
        let check: IdentityCheck = try #require(rig.takeSent().last).decoded()
        #expect(check == visit.identityCheck())
    }

    @Test func aVisitWithoutCardIsNotInsuredAndGoesOn() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.insurance.maTheBhyt = ""
        #expect(try rig.receive(visit.acceptedRecord(), record) == Verdict(.accepted))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.assessment, .identityCheck])
        let assessment: Assessment = try sent[0].decoded()
        #expect(assessment.outcome == .notInsured && assessment.cardCheckCode.isEmpty && assessment.benefitPercent == 0)
    }

    @Test func aCardThatIsNotUsableIsRefusedAndC06IsNotAsked() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.insurance.maTheBhyt = "9999999999"
        #expect(try rig.receive(visit.acceptedRecord(), record) == Verdict(.refused, .vssCardUnknown))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.assessment])
        let assessment: Assessment = try sent[0].decoded()
        #expect(assessment.outcome == .refused && assessment.cardCheckCode == "050")
        #expect(assessment.contradictions.map(\.field) == ["MA_THE_BHYT"])
        #expect(assessment.contradictions.map(\.value) == ["9999999999"])
        #expect(rig.ledger.refusedByReason == ["vss.050": 1])
    }

    @Test func aRefusedRecordIsReopenedAndASharedOneToo() throws {
        var rig = rig()
        var visit = SampleVisit(record)
        visit.insurance.maTheBhyt = "9999999999"
        try rig.receive(visit.acceptedRecord(), record)
        #expect(
            try rig.receive(SampleVisit(record).acceptedRecord(revision: 2), record, revision: 2).decision == .accepted)
        #expect(rig.ledger.refused == 0 && rig.ledger.shared == 1 && rig.ledger.refusedByReason.isEmpty)
        #expect(try rig.receive(visit.acceptedRecord(revision: 3), record, revision: 3).decision == .refused)
        #expect(rig.ledger.refused == 1 && rig.ledger.shared == 0 && rig.ledger.submitted == 1)
        try rig.checkRows()
    }

    @Test func copiesAndLateRevisionsHaveNoEffect() throws {
        var rig = rig()
        try rig.receive(SampleVisit(record).acceptedRecord(revision: 2), record, revision: 2)
        _ = rig.takeSent()
        #expect(
            try rig.receive(SampleVisit(record).acceptedRecord(revision: 2), record, revision: 2).decision == .duplicate
        )
        #expect(try rig.receive(SampleVisit(record).acceptedRecord(), record).decision == .stale)
        #expect(rig.takeSent().isEmpty && rig.ledger.duplicatesIgnored == 1 && rig.ledger.staleIgnored == 1)
    }

    static let unreadable: [@Sendable (inout AcceptedRecord) -> Void] = [
        { $0.recordID = RecordIdentifier.sample(2).description },
        { $0.recordID = "" },
        { $0.administrative = .init([0xFF]) },
        { $0.insurance = .init([0xFF]) },
    ]

    @Test(arguments: unreadable.indices) func whatCannotBeReadIsADeadLetter(index: Int) throws {
        var rig = rig()
        var message = SampleVisit(record).acceptedRecord()
        Self.unreadable[index](&message)
        #expect(try rig.receive(message, record).decision == .unreadable)
        #expect(try rig.receive(SentMessage(unreadable: .acceptedRecord, record)).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 2 && rig.ledger.submitted == 0 && rig.takeSent().isEmpty)
    }

    @Test func messagesForOthersAreLeftAlone() throws {
        var rig = rig()
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), record).decision == .notAddressed)
    }

    @Test func storedFormKeepsEverything() {
        for reason in ReasonCode.allCases {
            for phase in RecordPhase.allCases {
                let record = VSSRecord(phase: phase, revision: .max, reason: reason.rawValue, assessedAt: -5)
                #expect(VSSRecord(words: record.words) == record)
            }
        }
        #expect(VSSRecord(words: RecordWords(0, 0, 0, 0, 0)) == nil)
    }
}
