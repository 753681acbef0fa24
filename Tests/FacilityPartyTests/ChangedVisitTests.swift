import CoreTestSupport
import ExchangeSchema
import FacilityParty
import FoundationEssentials
import PartyCore
import Testing

/// Visits that are amended and withdrawn by hand: each row of the table at ``FacilityCore``'s commands, and what the book
/// and the corrections say afterwards, in any order.
@Suite struct ChangedVisitTests {
    typealias Facility = Rig<FacilityCore<ListedVisits>>

    private let record = RecordIdentifier(facilityCode: "01013", episodeCode: "X1")

    enum Start: CaseIterable {
        case new, pending, shared, refused, withdrawn
    }

    private func rig(_ start: Start) throws -> Facility {
        var rig = Facility(FacilityCore(source: ListedVisits([]), pace: SubmissionPace()))
        if start == .new { return rig }
        try order(&rig, .submitVisits, diagnosis: "J06.9")
        switch start {
        case .shared: try enter(&rig, 1)
        case .refused: try refuse(&rig, 1)
        case .withdrawn: try withdraw(&rig)
        case .new, .pending: break
        }
        _ = rig.takeSent()
        return rig
    }

    @discardableResult
    private func order(
        _ rig: inout Facility, _ kind: PartyCommand.Kind, diagnosis: String, revision: UInt32 = 0
    ) throws -> VisitStanding {
        var content = SampleVisit(record)
        content.clinical.maBenhChinh = diagnosis
        var visit = VisitSubmission()
        visit.name.facilityCode = "01013"
        visit.name.episodeCode = "X1"
        visit.administrative = .init(content.content.administrative)
        visit.insurance = .init(content.content.insurance)
        visit.clinical = .init(content.content.clinical)
        var submit = SubmitVisits()
        submit.visits = [visit]
        var amend = AmendVisits()
        amend.visits = [visit]
        amend.revision = revision
        let answer = try rig.obey(kind, kind == .submitVisits ? submit.encoded : amend.encoded)
        return try #require(try VisitStandings(decoding: answer.bytes).visits.first)
    }

    @discardableResult
    private func withdraw(_ rig: inout Facility, reason: String = "Sent twice") throws -> VisitStanding {
        var visit = VisitWithdrawal()
        visit.name.facilityCode = "01013"
        visit.name.episodeCode = "X1"
        visit.reason = reason
        var request = WithdrawVisits()
        request.visits = [visit]
        let answer = try rig.obey(.withdrawVisits, request.encoded)
        return try #require(try VisitStandings(decoding: answer.bytes).visits.first)
    }

    @discardableResult
    private func enter(_ rig: inout Facility, _ revision: UInt32, withdrawn: Bool = false) throws -> Verdict {
        var entry = SharingNotice()
        entry.recordID = record.description
        entry.revision = revision
        entry.withdrawn = withdrawn
        return try rig.receive(entry, record, revision: revision)
    }

    @discardableResult
    private func refuse(_ rig: inout Facility, _ revision: UInt32) throws -> Verdict {
        var message = Correction()
        message.recordID = record.description
        message.revision = revision
        message.code = "moh.diagnosis-malformed"
        message.rule = "a code of ICD-10"
        return try rig.receive(message, record, revision: revision)
    }

    /// What an order with other contents than those held does: effect, and whether a message goes out.
    @Test(arguments: [
        (Start.new, SubmissionEffect.submitted, true), (.pending, .conflict, false), (.shared, .conflict, false),
        (.refused, .resubmitted, true), (.withdrawn, .conflict, false),
    ])
    func submitting(_ start: Start, _ effect: SubmissionEffect, isSent: Bool) throws {
        try expect(start, effect, isSent: isSent) { try order(&$0, .submitVisits, diagnosis: "I10") }
    }

    @Test(arguments: [
        (Start.new, SubmissionEffect.neverSent, false), (.pending, .amended, true), (.shared, .amended, true),
        (.refused, .resubmitted, true), (.withdrawn, .withdrawnBefore, false),
    ])
    func amending(_ start: Start, _ effect: SubmissionEffect, isSent: Bool) throws {
        try expect(start, effect, isSent: isSent) { try order(&$0, .amendVisits, diagnosis: "I10") }
    }

    @Test(arguments: [
        (Start.new, SubmissionEffect.neverSent, false), (.pending, .withdrawn, true), (.shared, .withdrawn, true),
        (.refused, .nothingToWithdraw, false), (.withdrawn, .withdrawnBefore, false),
    ])
    func withdrawing(_ start: Start, _ effect: SubmissionEffect, isSent: Bool) throws {
        try expect(start, effect, isSent: isSent) { try withdraw(&$0) }
    }

    private func expect(
        _ start: Start, _ effect: SubmissionEffect, isSent: Bool, _ order: (inout Facility) throws -> VisitStanding
    ) throws {
        var rig = try rig(start)
        let before = (rig.ledger.withoutNoise, rig.state.records)
        let standing = try order(&rig)
        #expect(standing.effect == effect)
        let sent = rig.takeSent()
        #expect(sent.count == (isSent ? 1 : 0))
        if isSent {
            let message: FacilityRecord = try sent[0].decoded()
            #expect(message.revision == standing.revision && message.hasWithdrawal == (effect == .withdrawn))
        } else {
            #expect(rig.ledger.withoutNoise == before.0 && rig.state.records == before.1, "nothing has changed")
        }
        try rig.checkRows()
    }

    @Test func theSameContentsAreKnownHoweverTheyCome() throws {
        for start in Start.allCases where start != .new {
            for kind in [PartyCommand.Kind.submitVisits, .amendVisits]
            where start != .withdrawn || kind == .submitVisits {
                var rig = try rig(start)
                #expect(try order(&rig, kind, diagnosis: "J06.9").effect == .known)
                #expect(rig.takeSent().isEmpty)
            }
        }
    }

    /// Only the next revision is sent where one is asked for; one that goes back is told so.
    @Test(arguments: [(UInt32(1), false), (2, true), (3, false)])
    func aRevisionThatIsNotTheNextIsNotSent(revision: UInt32, isNext: Bool) throws {
        var rig = try rig(.shared)
        let standing = try order(&rig, .amendVisits, diagnosis: "I10", revision: revision)
        #expect(standing.effect == (isNext ? .amended : .notTheNext))
        #expect(rig.takeSent().count == (isNext ? 1 : 0) && rig.ledger.shared == (isNext ? 0 : 1))
    }

    @Test(arguments: ["", "  \t", "line\nline", String(repeating: "x", count: 501)])
    func aWithdrawalNeedsAReason(_ reason: String) throws {
        var rig = try rig(.shared)
        #expect(try withdraw(&rig, reason: reason).effect == .reasonMissing)
        #expect(rig.takeSent().isEmpty && rig.ledger.shared == 1)
    }

    @Test func aWithdrawalCarriesItsReasonAndNothingOfTheVisit() throws {
        var rig = try rig(.shared)
        try withdraw(&rig, reason: "Gửi nhầm người")
        let message: FacilityRecord = try #require(rig.takeSent().first).decoded()
        #expect(message.withdrawal.reason == "Gửi nhầm người" && message.withdrawal.withdrawnAt == rig.now)
        #expect(message.administrative.isEmpty && message.insurance.isEmpty && message.clinical.isEmpty)
        #expect(rig.ledger.withdrawn == 1 && rig.ledger.shared == 0 && rig.figures.book.amending == 0)
        // The book says that it has lost it: once.
        #expect(try enter(&rig, 2, withdrawn: true).decision == .withdrawn)
        #expect(try enter(&rig, 2, withdrawn: true).decision == .duplicate)
        #expect(try enter(&rig, 1).decision == .stale)
        #expect(rig.ledger.withdrawn == 1)
    }

    @Test func aSharedVisitThatIsAmendedIsPendingUntilItHasComeRound() throws {
        var rig = try rig(.shared)
        try order(&rig, .amendVisits, diagnosis: "I10")
        #expect(rig.ledger.pending == 1 && rig.ledger.shared == 0 && rig.figures.book.amending == 1)
        #expect(try enter(&rig, 1).decision == .stale)
        #expect(try enter(&rig, 2) == Verdict(.accepted))
        #expect(rig.ledger.shared == 1 && rig.figures.book.amending == 0 && rig.figures.book.superseded == 1)
        #expect(rig.figures.submission.amended == 1 && rig.figures.submission.corrected == 0)
        try rig.checkRows()
    }

    /// The refusal of an amendment, and the entry of what it was to amend, in either order.
    @Test(arguments: [true, false]) func aRefusedAmendmentLeavesWhatIsInTheBook(entryFirst: Bool) throws {
        var rig = try rig(.pending)
        try order(&rig, .amendVisits, diagnosis: "??")
        if entryFirst { #expect(try enter(&rig, 1) == Verdict(.accepted)) }
        #expect(try refuse(&rig, 2) == Verdict(.refused, .mohDiagnosisMalformed))
        if !entryFirst {
            #expect(rig.ledger.refused == 1)
            #expect(try enter(&rig, 1) == Verdict(.accepted))
        }
        #expect(rig.ledger.shared == 1 && rig.ledger.refused == 0 && rig.ledger.refusedByReason.isEmpty)
        #expect(rig.figures.book.refusedAmendments == 1 && rig.figures.book.superseded == 0)
        let standing = try order(&rig, .submitVisits, diagnosis: "I10")
        #expect(standing.effect == .conflict && standing.phase == .shared && standing.bookRevision == 1)
        #expect(standing.code == "moh.diagnosis-malformed" && standing.rule == "a code of ICD-10")
        #expect(try order(&rig, .amendVisits, diagnosis: "I10").effect == .amended)
        #expect(rig.figures.book.refusedAmendments == 0 && rig.state.keptCount == 0)
        try rig.checkRows()
    }

    @Test func whatTheSourceChangesItSends() throws {
        var source = ListedVisits((1...3).map { [SampleVisit(.sample($0)).content] })
        source.changes = [
            0: [.init(.amended, .onceSubmitted)], 1: [.init(.withdrawn(reason: "x"), .onceSubmitted)],
            2: [.init(.amended, .onceShared), .init(.withdrawn(reason: "y"), .onceShared, revision: 2)],
        ]
        var rig = Facility(FacilityCore(source: source, pace: SubmissionPace()))
        try rig.advance()
        #expect(rig.takeSent().count == 5 && rig.ledger.withdrawn == 1 && rig.ledger.pending == 2)
        for revision in UInt32(1)...2 {
            var entry = SharingNotice()
            entry.recordID = RecordIdentifier.sample(3).description
            entry.revision = revision
            try rig.receive(entry, .sample(3), revision: revision)
        }
        #expect(rig.ledger.withdrawn == 2 && rig.figures.submission.amended == 2)
        try rig.checkRows()
    }

    @Test func storedFormKeepsWhatIsNew() {
        var visit = SubmittedVisit(index: 7, submittedAt: 1_794_762_000_000, contentDigest: 9)
        visit.bookRevision = 0xFFFF
        visit.isResubmitted = true
        visit.isAmendedUnanswered = true
        visit.isOutOfBook = true
        #expect(SubmittedVisit(words: visit.words) == visit)
    }
}
