import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// VSS speaks of a visit that it has accepted before. Nothing is decided by it: a record that is shared stays shared,
    /// and the facility is told. What comes before the record is in the book is told when it is.
    func receiveFeedback<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let message = try AssessmentFeedback(decoding: payload, about: head.record)
        let mark = try FeedbackRules.mark(of: message)
        guard var record = try turn.state.record(head.record) else {
            turn.ledger.staleIgnored += 1
            return Verdict(.unknownRecord)
        }
        guard message.revision == record.revision else {
            turn.ledger.staleIgnored += 1
            return Verdict(.stale)
        }
        guard record.feedback == .none else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        record.feedback = mark
        turn.figures.feedback.count(mark, 1)
        switch record.phase {
        case .pending, .held:
            var submission = try kept(record, in: &turn)
            submission.feedback = message
            keepAgain(submission, of: &record, head.record, in: &turn)
        case .shared:
            tell(message, head.record, &record, in: &turn)
        case .refused: break
        }
        turn.state.set(record, for: head.record)
        return Verdict(.accepted, ReasonCode(cardCheckCode: message.cardCheckCode))
    }

    /// Tells the facility of a record that is in the book, and keeps the words: nobody waits for them.
    func tell<State: PartyState>(
        _ feedback: AssessmentFeedback, _ identifier: RecordIdentifier, _ record: inout MoHRecord,
        in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        let notice = InsuranceNotice(feedback, at: turn.now)
        turn.effects.send(notice, record: identifier, revision: record.revision, key: notice.facilityCode)
        record.keptAt = turn.state.keep(notice.encoded, for: identifier, since: .max)
        turn.figures.feedback.told += 1
    }
}

/// What feedback must say. Rules of the field table in `assessments.proto`.
enum FeedbackRules {
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func mark(of message: AssessmentFeedback) throws(UnreadablePayload) -> FeedbackMark {
        let code = message.cardCheckCode
        guard code.isEmpty || ReasonCode(cardCheckCode: code) != nil else {
            throw broken("card_check_code is \(UnreadablePayload.quoted(code)), no code of a refusal")
        }
        guard (0...max(0, message.amountClaimed)).contains(message.amountAccepted) else {
            throw broken("amount_accepted is \(message.amountAccepted), not 0 to \(message.amountClaimed)")
        }
        guard (try? FacilityCode(parsing: message.facilityCode)) != nil else {
            throw broken("facility_code is \(UnreadablePayload.quoted(message.facilityCode)), no facility's code")
        }
        switch message.outcome {
        case .reduced: return .reduced
        case .refused:
            guard message.amountAccepted == 0 else {
                throw broken("outcome is refused, and amount_accepted is \(message.amountAccepted)")
            }
            return .refused
        case .unspecified: throw broken("outcome is unset; it is reduced or refused")
        case .UNRECOGNIZED(let number): throw broken("outcome is \(number); it is 1 (reduced) or 2 (refused)")
        }
    }

    private static func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.assessmentFeedback, rule) }
}
