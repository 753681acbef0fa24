import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import SyntheticPopulation
import Testing
import Vocabulary

@testable import FacilityParty

/// Each row of the table at ``FacilityCore``.
@Suite struct FacilityCoreTests {
    private let record = RecordIdentifier.sample(1)

    private func rig(
        _ source: ListedVisits, _ pace: SubmissionPace = SubmissionPace()
    ) -> Rig<FacilityCore<ListedVisits>> {
        Rig(FacilityCore(source: source, pace: pace))
    }

    private func sound(_ count: UInt64) -> ListedVisits {
        ListedVisits((0..<count).map { [SampleVisit(.sample($0 + 1)).content] })
    }

    private func correction(_ code: String, revision: UInt32 = 1) -> SentMessage {
        var message = Correction()
        message.recordID = record.description
        message.revision = revision
        message.code = code
        return SentMessage(message, record, revision: revision)
    }

    private func entry(revision: UInt32 = 1) -> SentMessage {
        var message = SharingNotice()
        message.recordID = record.description
        message.revision = revision
        return SentMessage(message, record, revision: revision)
    }

    @Test func aNewVisitIsSubmittedInItsFirstRevision() throws {
        var rig = rig(sound(1))
        #expect(try rig.advance() == false)
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.facilityRecord])
        #expect(sent[0].head.source == "/facility/01013" && sent[0].head.facilityCode == "01013")
        #expect(sent[0].cause == nil && sent[0].key == record.description)
        let message: FacilityRecord = try sent[0].decoded()
        var expected = SampleVisit(record).facilityRecord()
        expected.submittedAt = rig.now
        #expect(message == expected)
        #expect(
            rig.ledger.pending == 1 && rig.figures.submission.nextVisit == 1
                && rig.figures.submission.startedAt == rig.now)
    }

    @Test func theBudgetBoundsATurn() throws {
        var rig = rig(sound(5))
        #expect(try rig.advance(budget: 2) == true)
        #expect(try rig.advance(budget: 2) == true)
        #expect(try rig.advance(budget: 2) == false)
        #expect(rig.takeSent().map(\.head.record) == (1...5).map { .sample($0) })
        #expect(try rig.advance(budget: 2) == false && rig.takeSent().isEmpty)
    }

    @Test func theWindowBoundsWhatIsOnItsWay() throws {
        var rig = rig(sound(5), SubmissionPace(maximumPending: 2))
        #expect(try rig.advance() == false)
        #expect(rig.takeSent().count == 2 && rig.ledger.pending == 2)
        try rig.advance()
        #expect(rig.takeSent().isEmpty)
        try rig.receive(entry())
        try rig.advance()
        #expect(rig.takeSent().map(\.head.record) == [.sample(3)])
    }

    @Test func theRateBoundsWhatIsDue() throws {
        var rig = rig(sound(100), SubmissionPace(recordsPerSecond: 10))
        try rig.advance()
        #expect(rig.takeSent().count == 1, "the first is due at once")
        rig.now += 1_000
        try rig.advance()
        #expect(rig.takeSent().count == 10)
        rig.now += 50
        try rig.advance()
        #expect(rig.takeSent().isEmpty)
        rig.now += 50
        try rig.advance()
        #expect(rig.takeSent().count == 1)
    }

    @Test func aClockThatGoesBackSubmitsNothingTwice() throws {
        var rig = rig(sound(10), SubmissionPace(recordsPerSecond: 10))
        try rig.advance()
        rig.now -= 900
        try rig.advance()
        #expect(rig.takeSent().count == 1)
    }

    @Test(arguments: [Double.infinity, .nan, .greatestFiniteMagnitude, -1, 0]) func noRateTraps(rate: Double) {
        let pace = SubmissionPace(recordsPerSecond: rate)
        for now in [Int64(0), 1_000, .max] {
            let allowed = pace.allowance(submitted: 0, pending: 0, startedAt: 0, now: now, budget: 10)
            #expect((0...10).contains(allowed))
        }
    }

    @Test func aCorrectionIsAnsweredByTheNextRevision() throws {
        var broken = SampleVisit(record)
        broken.clinical.maBenhChinh = "?"
        var rig = rig(ListedVisits([[broken.content, SampleVisit(record).content]]))
        try rig.advance()
        _ = rig.takeSent()
        rig.now = 2_000
        #expect(try rig.receive(correction("moh.diagnosis-malformed")) == Verdict(.accepted, .mohDiagnosisMalformed))
        let sent = rig.takeSent()
        let message: FacilityRecord = try #require(sent.first).decoded()
        #expect(message.revision == 2 && message.submittedAt == 2_000)
        #expect(message.clinical == .init(SampleVisit(record).clinical.encoded))
        #expect(sent[0].cause == MessageIdentifier(.correction, record: record, revision: 1))
        #expect(rig.figures.submission.resubmitted == 1 && rig.ledger.pending == 1 && rig.ledger.refused == 0)
        #expect(try rig.receive(correction("moh.diagnosis-malformed")).decision == .stale)
        #expect(try rig.receive(entry()).decision == .stale)
        #expect(try rig.receive(entry(revision: 2)) == Verdict(.accepted))
        #expect(rig.figures.submission.corrected == 1 && rig.ledger.shared == 1)
        try rig.checkRows()
    }

    @Test func whatTheFacilityCannotCorrectIsRefused() throws {
        var rig = rig(sound(1))
        try rig.advance()
        #expect(try rig.receive(correction("vss.010")) == Verdict(.refused, .vssCardExpired))
        #expect(rig.ledger.refusedByReason == ["vss.010": 1] && rig.ledger.pending == 0)
        #expect(try rig.receive(correction("vss.010")).decision == .duplicate)
        #expect(try rig.receive(entry()).decision == .duplicate)
        try rig.checkRows()
    }

    @Test func aDeathIsNotCorrected() throws {
        let content = SampleVisit(record).content
        var rig = rig(ListedVisits([[content, content]]))
        try rig.advance()
        _ = rig.takeSent()
        #expect(try rig.receive(correction("c06.deceased")) == Verdict(.refused, .c06Deceased))
        #expect(rig.takeSent().isEmpty)
    }

    @Test func aRecordInTheBookOfAnotherPersonIsCountedAsWrongMatch() throws {
        var source = sound(1)
        source.wrongMatches = [0: 1]
        var rig = rig(source)
        try rig.advance()
        try rig.receive(entry())
        try rig.receive(entry())
        #expect(
            rig.figures.submission.wrongMatches == 1 && rig.ledger.shared == 1 && rig.figures.submission.corrected == 0)
    }

    @Test func aBrokenSenderSendsBytesThatAreNoRecord() throws {
        let source = ListedVisits([[SampleVisit(record).content]])
        var rig = Rig(FaultySender(FacilityCore(source: source, pace: SubmissionPace())) { _ in .unreadable })
        try rig.advance()
        let sent = try #require(rig.takeSent().first)
        #expect(throws: UndecodableMessage(expected: "exchange.v1.FacilityRecord")) {
            try sent.decoded(as: FacilityRecord.self)
        }
        #expect(sent.head.facilityCode == "01013" && sent.head.record == record)
    }

    @Test func aSenderThatRepeatsItselfSendsTheSameMessage() throws {
        let source = ListedVisits([[SampleVisit(record).content]])
        var rig = Rig(FaultySender(FacilityCore(source: source, pace: SubmissionPace())) { _ in .sentTwice })
        try rig.advance()
        let sent = rig.takeSent()
        #expect(sent.count == 2 && sent[0] == sent[1] && rig.ledger.submitted == 1)
    }

    static let broken: [@Sendable (inout Correction) -> Void] = [
        { $0.code = "moh.no-such-code" }, { $0.code = "" }, { $0.recordID = RecordIdentifier.sample(2).description },
    ]

    @Test(arguments: broken.indices) func whatCannotBeReadIsADeadLetter(index: Int) throws {
        var rig = rig(sound(1))
        try rig.advance()
        var message: Correction = try correction("vss.010").decoded()
        Self.broken[index](&message)
        #expect(try rig.receive(message, record).decision == .unreadable)
        #expect(try rig.receive(SentMessage(unreadable: .correction, record)).decision == .unreadable)
        #expect(try rig.receive(SentMessage(unreadable: .sharingNotice, record)).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 3 && rig.ledger.pending == 1)
    }

    @Test func answersAboutVisitsNeverSubmittedHaveNoEffect() throws {
        var rig = rig(sound(0))
        #expect(try rig.receive(correction("vss.010")).decision == .unknownRecord)
        #expect(try rig.receive(entry()).decision == .unknownRecord)
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), record).decision == .notAddressed)
        #expect(rig.ledger.staleIgnored == 2 && rig.ledger.submitted == 0)
    }

    @Test func storedFormKeepsEverything() {
        for phase in RecordPhase.allCases {
            var visit = SubmittedVisit(index: .max, submittedAt: 1 << 45 - 1, contentDigest: .max)
            visit.phase = phase
            visit.revision = .max
            visit.reason = .max
            #expect(SubmittedVisit(words: visit.words) == visit)
        }
        #expect(SubmittedVisit(words: RecordWords(0, 0, 0, 0, 0)) == nil)
    }
}
