import CoreTestSupport
import ExchangeSchema
import FacilityParty
import PartyCore
import Testing

/// A file that brings visits again: unchanged, changed, after a refusal and before.
@Suite struct RepeatedFileTests {
    private let record = RecordIdentifier.sample(1)

    private func changed() -> VisitContent {
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = "I10"
        return visit.content
    }

    private func rig(_ visits: [VisitContent]) -> Rig<FacilityCore<ListedVisits>> {
        Rig(FacilityCore(source: ListedVisits(visits.map { [$0] }, mayRepeat: true), pace: SubmissionPace()))
    }

    private func refuse(_ rig: inout Rig<FacilityCore<ListedVisits>>) throws {
        var message = Correction()
        message.recordID = record.description
        message.revision = 1
        message.code = "moh.diagnosis-malformed"
        try rig.receive(message, record)
    }

    @Test func theSameContentIsSubmittedOnce() throws {
        let content = SampleVisit(record).content
        var rig = rig([content, content])
        try rig.advance()
        #expect(rig.takeSent().count == 1)
        #expect(rig.ledger.submitted == 1 && rig.ledger.duplicatesIgnored == 1 && rig.figures.submission.nextVisit == 2)
    }

    @Test func changedContentOfARefusedVisitGoesAsTheNextRevision() throws {
        var rig = rig([SampleVisit(record).content, changed()])
        try rig.advance(budget: 1)
        try refuse(&rig)
        _ = rig.takeSent()
        try rig.advance(budget: 1)
        let message: FacilityRecord = try #require(rig.takeSent().first).decoded()
        #expect(message.revision == 2)
        #expect(rig.figures.submission.resubmitted == 1 && rig.ledger.refused == 0 && rig.ledger.pending == 1)
        #expect(rig.ledger.refusedByReason.isEmpty)
        try rig.checkRows()
    }

    @Test func theSameContentOfARefusedVisitStaysRefused() throws {
        var rig = rig([SampleVisit(record).content, SampleVisit(record).content])
        try rig.advance(budget: 1)
        try refuse(&rig)
        _ = rig.takeSent()
        try rig.advance(budget: 1)
        #expect(rig.takeSent().isEmpty && rig.ledger.refused == 1)
    }

    @Test func changedContentOfAVisitOnItsWayIsLeftAlone() throws {
        var rig = rig([SampleVisit(record).content, changed()])
        try rig.advance()
        #expect(rig.takeSent().count == 1 && rig.ledger.duplicatesIgnored == 1)
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
