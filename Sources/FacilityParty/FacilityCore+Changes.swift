import ExchangeSchema
import FoundationEssentials
import PartyCore

/// Changes of what is pending or shared: the next revision goes the way that the first one went.
extension FacilityCore {
    /// Sends a pending or shared visit in its next revision.
    /// - Parameter contentDigest: Of contents that came by hand; 0 for those of the source.
    func amend<State: PartyState>(
        _ held: SubmittedVisit, to content: VisitContent, contentDigest: UInt64, in turn: inout Turn<State>
    ) where State.Record == SubmittedVisit {
        var visit = takenUp(held, in: &turn)
        visit.contentDigest = contentDigest
        turn.figures.submission.amended += 1
        turn.state.set(visit, for: content.record)
        send(content, revision: visit.revision, in: &turn)
    }

    /// Takes a pending or shared visit back.
    func withdraw<State: PartyState>(
        _ held: SubmittedVisit, _ record: RecordIdentifier, facilityCode: String, reason: String,
        in turn: inout Turn<State>
    ) where State.Record == SubmittedVisit {
        var visit = takenUp(held, in: &turn)
        if visit.bookRevision > 0 { turn.figures.book.endAmending() }
        visit.phase = .withdrawn
        turn.ledger.withdraw()
        turn.figures.notices.sent += 1
        turn.state.set(visit, for: record)
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = visit.revision
        message.facilityCode = facilityCode
        message.submittedAt = turn.now
        message.withdrawal.reason = reason
        message.withdrawal.withdrawnAt = turn.now
        turn.effects.sendWithdrawal(
            message, record: record, revision: visit.revision, source: "/" + facilityCode)
    }

    /// Does what the source says of one of its own visits.
    func make<State: PartyState>(
        _ change: VisitChange, of record: RecordIdentifier, in turn: inout Turn<State>
    ) throws where State.Record == SubmittedVisit {
        guard let held = try turn.state.record(record), held.phase == .pending || held.phase == .shared else { return }
        switch change {
        case .amended:
            amend(held, to: source.visit(held.index, revision: held.revision + 1), contentDigest: 0, in: &turn)
        case .withdrawn(let reason):
            let code = source.visit(held.index, revision: held.revision).facilityCode
            withdraw(held, record, facilityCode: code, reason: reason, in: &turn)
        }
    }

    /// The visit as pending in its next revision.
    private func takenUp<State: PartyState>(
        _ held: SubmittedVisit, in turn: inout Turn<State>
    ) -> SubmittedVisit where State.Record == SubmittedVisit {
        var visit = held
        if held.phase == .shared {
            turn.ledger.reopenShared()
            turn.figures.book.beginAmending(afterRefusal: held.reason != 0)
        }
        if held.phase == .pending { visit.isAmendedUnanswered = true }
        leave(&visit, in: &turn)
        visit.phase = .pending
        visit.reason = 0
        visit.revision += 1
        return visit
    }
}
