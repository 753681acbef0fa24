import CoreTestSupport
import ExchangeSchema
import FacilityParty
import FoundationEssentials
import PartyCore
import Testing

/// Visits that come by hand: once and again, unchanged, changed, after a refusal and before, and those that the facility
/// has in its own source.
@Suite struct RepeatedFileTests {
    private let record = RecordIdentifier(facilityCode: "01013", episodeCode: "X1")

    private func content(_ diagnosis: String? = nil) -> VisitContent {
        var visit = SampleVisit(record)
        if let diagnosis { visit.clinical.maBenhChinh = diagnosis }
        return visit.content
    }

    private func changed() -> VisitContent { content("I10") }

    private func rig(_ visits: [VisitContent] = []) -> Rig<FacilityCore<ListedVisits>> {
        Rig(FacilityCore(source: ListedVisits(visits.map { [$0] }), pace: SubmissionPace()))
    }

    private func submission(
        _ content: VisitContent, _ facility: String = "01013", _ episode: String = "X1"
    )
        -> VisitSubmission
    {
        var visit = VisitSubmission()
        visit.name.facilityCode = facility
        visit.name.episodeCode = episode
        visit.administrative = .init(content.administrative)
        visit.insurance = .init(content.insurance)
        visit.clinical = .init(content.clinical)
        visit.clinicalDetails = .init(content.details)
        return visit
    }

    @discardableResult
    private func submit(
        _ rig: inout Rig<FacilityCore<ListedVisits>>, _ visits: VisitSubmission...
    ) throws -> [VisitStanding] {
        var request = SubmitVisits()
        request.visits = visits
        let answer = try rig.obey(.submitVisits, request.encoded)
        #expect(answer.verdict == Verdict(.obeyed))
        return try VisitStandings(decoding: answer.bytes).visits
    }

    private func refuse(_ rig: inout Rig<FacilityCore<ListedVisits>>, revision: UInt32 = 1) throws {
        var message = Correction()
        message.recordID = record.description
        message.revision = revision
        message.code = "moh.diagnosis-malformed"
        message.field = "MA_BENH_CHINH"
        message.value = "??"
        message.rule = "a code of ICD-10"
        try rig.receive(message, record)
    }

    @Test func theSameContentIsSubmittedOnce() throws {
        var rig = rig()
        let standings = try submit(&rig, submission(content()), submission(content()))
        #expect(standings.map(\.effect) == [.submitted, .known] && standings.allSatisfy { $0.phase == .pending })
        #expect(standings[0].recordID == record.description && standings[0].revision == 1)
        #expect(rig.takeSent().count == 1)
        #expect(rig.ledger.submitted == 1 && rig.ledger.duplicatesIgnored == 1 && rig.figures.submission.byHand == 1)
    }

    @Test func changedContentOfARefusedVisitGoesAsTheNextRevision() throws {
        var rig = rig()
        try submit(&rig, submission(content()))
        try refuse(&rig)
        _ = rig.takeSent()
        let standing = try #require(try submit(&rig, submission(changed())).first)
        #expect(standing.effect == .resubmitted && standing.revision == 2 && standing.phase == .pending)
        let message: FacilityRecord = try #require(rig.takeSent().first).decoded()
        #expect(message.revision == 2)
        #expect(rig.figures.submission.resubmitted == 1 && rig.ledger.refused == 0 && rig.ledger.pending == 1)
        #expect(rig.ledger.refusedByReason.isEmpty && rig.state.keptCount == 0)
        // From another desk once more: it is what stands now.
        let again = try submit(&rig, submission(changed()), submission(content()))
        #expect(again.map(\.effect) == [.known, .conflict])
        try rig.checkRows()
    }

    @Test func theSameContentOfARefusedVisitStaysRefusedAndSaysWhy() throws {
        var rig = rig()
        try submit(&rig, submission(content()))
        try refuse(&rig)
        _ = rig.takeSent()
        let standing = try #require(try submit(&rig, submission(content())).first)
        #expect(standing.effect == .known && standing.phase == .refused)
        #expect(standing.code == "moh.diagnosis-malformed" && standing.field == "MA_BENH_CHINH")
        #expect(standing.value == "??" && standing.rule == "a code of ICD-10")
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 1)
        // Nobody waits for what is refused: it has no age.
        #expect(rig.state.oldestKept(limit: 9).map(\.since) == [.max])
    }

    @Test func changedContentOfAVisitOnItsWayIsLeftAlone() throws {
        var rig = rig()
        let standings = try submit(&rig, submission(content()), submission(changed()))
        #expect(standings[1].effect == .conflict && standings[1].revision == 1 && standings[1].phase == .pending)
        #expect(rig.takeSent().count == 1)
    }

    @Test func changedContentOfASharedVisitIsNotCalledShared() throws {
        var rig = rig()
        try submit(&rig, submission(content()))
        var entry = SharingNotice()
        entry.recordID = record.description
        entry.revision = 1
        try rig.receive(entry, record)
        let standing = try #require(try submit(&rig, submission(changed())).first)
        #expect(standing.effect == .conflict && standing.phase == .shared && standing.revision == 1)
        let same = try submit(&rig, submission(content()))
        #expect(same.map(\.effect) == [.known])
    }

    /// A visit of the facility's own source, exported and brought by hand, is that visit: before its turn, and after.
    @Test(arguments: [true, false]) func aVisitOfTheSourceIsKnownAsItself(before: Bool) throws {
        let own = SampleVisit(.sample(7)).content
        var rig = rig([own])
        let visit = submission(own, own.facilityCode, "\(own.facilityCode)-0")
        if !before { try rig.advance() }
        let standing = try #require(try submit(&rig, visit).first)
        #expect(standing.recordID == own.record.description)
        #expect(standing.effect == (before ? .submitted : .known))
        try rig.advance()
        #expect(rig.takeSent().count == 1 && rig.ledger.submitted == 1 && rig.figures.submission.nextVisit == 1)
        #expect(rig.figures.submission.byHand == 0 && rig.figures.submission.ahead == 0)
        try rig.checkRows()
    }

    @Test func aQuestionChangesNothing() throws {
        var rig = rig()
        try submit(&rig, submission(content()))
        let (ledger, figures) = (rig.ledger, rig.figures)
        var question = FindVisits()
        question.visits = [submission(content()).name, submission(content(), "01013", "X2").name]
        let answer = try VisitStandings(decoding: try rig.obey(.findVisits, question.encoded).bytes).visits
        #expect(answer.map(\.phase) == [.pending, .unspecified] && answer.map(\.revision) == [1, 0])
        #expect(rig.ledger == ledger && rig.figures == figures)
    }

    @Test func whatIsNoListOfVisitsChangesNothing() throws {
        var rig = rig()
        for kind in [PartyCommand.Kind.submitVisits, .findVisits] {
            #expect(try rig.obey(kind, [0xFF, 0xFF]).verdict.decision == .notAddressed)
        }
        let strange = try rig.obey(.signAgreement, [])
        #expect(strange == .notForThisParty)
        #expect(rig.ledger == Ledger())
    }

    @Test func theRecordIsNamedByFacilityAndNumber() {
        #expect(record == RecordIdentifier(facilityCode: "01013", episodeCode: "X1"))
        #expect(record != RecordIdentifier(facilityCode: "01014", episodeCode: "X1"))
        #expect(record != RecordIdentifier(facilityCode: "01013", episodeCode: "X2"))
        // RFC 9562: version 8, variant 10.
        #expect(record.high >> 12 & 0xF == 8)
        #expect(record.low >> 62 == 0b10)
    }

    @Test func theDigestTellsBlocksApart() {
        let content = SampleVisit(record).content
        #expect(content.contentDigest == SampleVisit(record).content.contentDigest)
        #expect(content.contentDigest != changed().contentDigest)
        var shifted = content
        shifted.administrative.append(shifted.insurance.removeFirst())
        #expect(shifted.contentDigest != content.contentDigest)
    }
}
