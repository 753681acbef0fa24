import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// Each row of the table at ``MoHCore``.
@Suite struct MoHCoreTests {
    private let record = RecordIdentifier.sample(1)
    private let head = MoHAnswers()

    @Test func aSoundRecordIsPendingAndGoesToVSS() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        let visit = SampleVisit(record)
        let verdict = try rig.receive(visit.facilityRecord(), record)
        #expect(verdict == Verdict(.accepted))
        #expect(rig.ledger.pending == 1 && rig.ledger.submitted == 1)
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.acceptedRecord])
        #expect(sent[0].key == record.description)
        #expect(sent[0].cause == MessageIdentifier(.facilityRecord, record: record, revision: 1))
        let accepted: AcceptedRecord = try sent[0].decoded()
        #expect(accepted.administrative == .init(visit.administrative.encoded))
        #expect(accepted.insurance == .init(visit.insurance.encoded))
        #expect(accepted.acceptedAt == rig.now && accepted.revision == 1 && accepted.facilityCode == "01013")
        #expect(rig.state.keptCount == 1)
    }

    @Test func aBrokenRuleRefusesAndTellsTheFacility() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = "?1"
        #expect(try rig.receive(visit.facilityRecord(), record) == Verdict(.refused, .mohDiagnosisMalformed))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.correction])
        #expect(sent[0].key == "01013")
        let correction: Correction = try sent[0].decoded()
        #expect(correction.refusedBy == .moh)
        #expect(correction.code == "moh.diagnosis-malformed")
        #expect(correction.field == "MA_BENH_CHINH" && correction.value == "?1")
        #expect(correction.recordID == record.description && correction.revision == 1)
        #expect(correction.refusedAt == rig.now && correction.facilityCode == "01013")
        #expect(rig.ledger.refusedByReason == ["moh.diagnosis-malformed": 1])
        #expect(rig.state.keptCount == 0)
    }

    @Test func aRefusedRecordIsReopenedByItsNextRevision() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = "?"
        try rig.receive(visit.facilityRecord(), record)
        _ = rig.takeSent()
        #expect(
            try rig.receive(SampleVisit(record).facilityRecord(revision: 2), record, revision: 2).decision == .accepted)
        #expect(rig.ledger.refused == 0 && rig.ledger.pending == 1 && rig.ledger.submitted == 1)
        #expect(rig.ledger.refusedByReason.isEmpty)
        #expect(rig.takeSent().map(\.head.type) == [.acceptedRecord])
    }

    @Test func aLaterRevisionTakesThePlaceOfAPendingOne() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(head.covered(record), record)
        #expect(
            try rig.receive(SampleVisit(record).facilityRecord(revision: 2), record, revision: 2).decision == .accepted)
        #expect(rig.ledger.pending == 1 && rig.state.keptCount == 1)
        #expect(rig.state.record(record)?.assessment == nil, "the answer to the older revision must not count")
        #expect(try rig.receive(head.match(record), record).decision == .stale)
    }

    @Test func unreadableBytesAreRefusedUnderTheRecordOfTheirHead() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        let verdict = try rig.receive(SentMessage(unreadable: .facilityRecord, record, source: "/facility/01013"))
        #expect(verdict == Verdict(.unreadable, .mohUnreadable))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.code == "moh.unreadable" && correction.facilityCode == "01013" && correction.revision == 1)
        #expect(rig.ledger.deadLetters == 1 && rig.ledger.refused == 1)
        #expect(
            try rig.receive(SampleVisit(record).facilityRecord(revision: 2), record, revision: 2).decision == .accepted)
    }

    @Test func unreadableBytesAboutAKnownRecordChangeNothing() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        let before = rig.state.record(record)
        _ = rig.takeSent()
        #expect(try rig.receive(SentMessage(unreadable: .facilityRecord, record)).decision == .unreadable)
        #expect(rig.state.record(record) == before && rig.takeSent().isEmpty && rig.ledger.pending == 1)
    }

    @Test func anUnreadableResubmissionIsRefusedOnceUnderItsOwnRevision() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        let source = "/facility/01013"
        try rig.receive(SentMessage(unreadable: .facilityRecord, record, source: source))
        _ = rig.takeSent()
        let second = SentMessage(unreadable: .facilityRecord, record, revision: 2, source: source)
        try rig.receive(second)
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.revision == 2 && rig.ledger.refused == 1 && rig.ledger.submitted == 1)
        try rig.receive(second)
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 1, "a copy has no second effect")
    }

    @Test func aRecordUnderAnotherHeadOrWithoutRevisionIsUnreadable() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), .sample(2)).decision == .unreadable)
        #expect(
            try rig.receive(SampleVisit(.sample(3)).facilityRecord(revision: 0), .sample(3)).decision == .unreadable)
    }

    @Test(arguments: [true, false]) func bothAnswersPutItIntoTheBook(assessmentFirst: Bool) throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        let visit = SampleVisit(record)
        try rig.receive(visit.facilityRecord(), record)
        _ = rig.takeSent()
        let answers = [SentMessage(head.covered(record), record), SentMessage(head.match(record), record)]
        let ordered = assessmentFirst ? answers : answers.reversed()
        #expect(try rig.receive(ordered[0]).decision == .accepted)
        #expect(rig.takeSent().isEmpty && rig.ledger.pending == 1)
        #expect(try rig.receive(ordered[1]).decision == .accepted)
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.bookEntry, .sharingNotice])
        #expect(sent[0].key == "001085000001")
        let entry: BookEntry = try sent[0].decoded()
        #expect(entry.citizenNumber == "001085000001" && entry.residentProvince == "01")
        #expect(entry.cardCheckCode == "000" && entry.benefitPercent == 80)
        #expect(entry.administrative == .init(visit.administrative.encoded))
        #expect(entry.insurance == .init(visit.insurance.encoded))
        #expect(entry.clinical == .init(visit.clinical.encoded))
        let notice: SharingNotice = try sent[1].decoded()
        #expect(sent[1].key == visit.facilityCode && notice.facilityCode == visit.facilityCode)
        #expect(notice.recordID == record.description && notice.revision == 1 && notice.sharedAt == rig.now)
        #expect(notice.cardCheckCode == "000" && notice.benefitPercent == 80)
        #expect(entry.authenticatedAt == rig.now && entry.recordID == record.description && entry.revision == 1)
        #expect(rig.ledger.shared == 1 && rig.ledger.pending == 0 && rig.state.keptCount == 0)
    }

    @Test func whoIsNotInsuredHasNoCardCheckCode() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        var answer = head.covered(record)
        answer.outcome = .notInsured
        answer.cardCheckCode = ""
        answer.benefitPercent = 0
        try rig.receive(answer, record)
        try rig.receive(head.match(record), record)
        let entry: BookEntry = try #require(rig.takeSent().dropLast().last).decoded()
        #expect(entry.cardCheckCode.isEmpty && entry.benefitPercent == 0)
    }

    @Test func theEntryGoesWhereThePersonMovedTo() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(head.covered(record), record)
        var match = head.match(record)
        match.civilStatus = .moved
        match.movedToProvince = "04"
        try rig.receive(match, record)
        let entry: BookEntry = try #require(rig.takeSent().dropLast().last).decoded()
        #expect(entry.residentProvince == "04")
    }

    @Test func anOldProvinceBecomesTheOneItWasMergedInto() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        var visit = SampleVisit(record)
        visit.administrative.matinhCuTru = "02"
        try rig.receive(visit.facilityRecord(), record)
        try rig.receive(head.covered(record), record)
        try rig.receive(head.match(record), record)
        let entry: BookEntry = try #require(rig.takeSent().dropLast().last).decoded()
        #expect(entry.residentProvince == "08")
    }

    /// Copies change nothing; a later revision is an amendment (``ChangedRecordTests``).
    @Test func whatIsInTheBookStaysThere() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        try rig.receive(SampleVisit(record).facilityRecord(), record)
        try rig.receive(head.covered(record), record)
        try rig.receive(head.match(record), record)
        _ = rig.takeSent()
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), record).decision == .duplicate)
        #expect(try rig.receive(head.match(record), record).decision == .duplicate)
        #expect(rig.takeSent().isEmpty && rig.ledger.shared == 1)
    }

    @Test func messagesForOthersAreLeftAlone() throws {
        var rig = Rig(MoHCore(duties: .moh2024))
        #expect(try rig.receive(SampleVisit(record).identityCheck(), record).decision == .notAddressed)
        #expect(rig.ledger == Ledger())
    }
}
