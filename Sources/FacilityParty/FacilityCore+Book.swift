import ExchangeSchema
import PartyCore

extension FacilityCore {
    /// A revision of a visit has come into the book.
    func enterBook<State: PartyState>(
        _ record: RecordIdentifier, _ revision: UInt32, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        if let held = try turn.state.record(record), revision < held.revision, revision > held.bookRevision,
            held.phase != .withdrawn, held.isAmendedUnanswered
        {
            return note(record, held, revision, in: &turn)
        }
        return try turn.answer(of: revision, about: record) { visit, turn in
            try share(record, visit, in: &turn)
        }
    }

    /// What has been amended since has come into the book before the amendment was there. So it is known to stand if the
    /// amendment is refused, or was.
    private func note<State: PartyState>(
        _ record: RecordIdentifier, _ held: SubmittedVisit, _ revision: UInt32, in turn: inout Turn<State>
    ) -> Verdict where State.Record == SubmittedVisit {
        var visit = held
        if visit.phase == .refused {
            visit.phase = .shared
            turn.ledger.reopen(ReasonCode(rawValue: visit.reason))
            turn.ledger.share()
            turn.figures.book.refusedAmendments += 1
        } else if visit.phase == .pending, visit.bookRevision == 0 {
            turn.figures.book.beginAmending(afterRefusal: false)
        } else {
            turn.figures.book.superseded += 1
        }
        visit.bookRevision = revision
        turn.state.set(visit, for: record)
        return Verdict(.accepted)
    }

    private func share<State: PartyState>(
        _ record: RecordIdentifier, _ held: SubmittedVisit, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        var visit = held
        visit.phase = .shared
        turn.ledger.share()
        if visit.bookRevision > 0 {
            turn.figures.book.endAmending()
        } else {
            if visit.isResubmitted { turn.figures.submission.corrected += 1 }
            if visit.isOfSource, source.isWrongMatch(visit.index, revision: visit.revision) {
                turn.figures.submission.wrongMatches += 1
            }
        }
        visit.bookRevision = visit.revision
        turn.state.set(visit, for: record)
        if visit.isOfSource, let change = source.change(visit.index, .onceShared, revision: visit.revision) {
            try make(change, of: record, in: &turn)
        }
        return Verdict(.accepted)
    }

    /// The book has lost a visit that was taken back.
    func leaveBook<State: PartyState>(
        _ record: RecordIdentifier, _ revision: UInt32, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        guard var visit = try turn.state.record(record) else {
            turn.ledger.staleIgnored += 1
            return Verdict(.unknownRecord)
        }
        guard visit.phase == .withdrawn, revision == visit.revision else {
            turn.ledger.staleIgnored += 1
            return Verdict(.stale)
        }
        guard !visit.isOutOfBook else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        visit.isOutOfBook = true
        turn.figures.notices.takenIn += 1
        turn.state.set(visit, for: record)
        return Verdict(.withdrawn, .facilityWithdrew)
    }
}
