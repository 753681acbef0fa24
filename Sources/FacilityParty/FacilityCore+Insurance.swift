import ExchangeSchema
import PartyCore
import Vocabulary

extension FacilityCore {
    /// MoH passes on what VSS has said of a visit's insurance after it had accepted the visit. It decides nothing, and may
    /// overtake the entry of the book.
    func hear<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        let notice = try InsuranceNotice(decoding: payload, about: head.record)
        let mark: FeedbackMark
        switch notice.outcome {
        case .reduced: mark = .reduced
        case .refused: mark = .refused
        case .unspecified, .UNRECOGNIZED:
            throw UnreadablePayload(
                .insuranceNotice, "outcome is \(notice.outcome.rawValue); it is 1 (reduced) or 2 (refused)")
        }
        guard var visit = try turn.state.record(head.record) else {
            turn.ledger.staleIgnored += 1
            return Verdict(.unknownRecord)
        }
        let stands = notice.revision == visit.revision
        guard try turn.state.note(head.message.uuid) == nil else {
            turn.ledger.duplicatesIgnored += stands ? 1 : 0
            turn.ledger.staleIgnored += stands ? 0 : 1
            return Verdict(stands ? .duplicate : .stale)
        }
        turn.state.setNote(RecordWords(1, 0, 0, 0, 0), for: head.message.uuid)
        guard stands else {
            turn.figures.formerFeedback.count(mark, 1)
            turn.ledger.staleIgnored += 1
            return Verdict(.stale)
        }
        visit.feedback = mark
        turn.figures.feedback.count(mark, 1)
        // Whoever brought it is told the words; nobody waits, so they have no age.
        if !visit.isOfSource { visit.keptAt = turn.state.keep(notice.encoded, for: head.record, since: .max) }
        turn.state.set(visit, for: head.record)
        return Verdict(.accepted, ReasonCode(cardCheckCode: notice.cardCheckCode))
    }

    /// Another revision takes the place of this one: what is kept of it goes, and what was said of its insurance is said of
    /// none that stands.
    func leave<State: PartyState>(
        _ visit: inout SubmittedVisit, in turn: inout Turn<State>
    ) where State.Record == SubmittedVisit {
        if visit.keptAt > 0 { turn.state.drop(visit.keptAt) }
        visit.keptAt = 0
        turn.figures.feedback.count(visit.feedback, -1)
        turn.figures.formerFeedback.count(visit.feedback, 1)
        visit.feedback = .none
    }
}
