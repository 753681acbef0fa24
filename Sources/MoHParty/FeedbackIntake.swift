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
        let held = try turn.state.record(head.record)
        // From VSS the record itself may be later than what is said of it; else VSS has it from here.
        if held == nil, awaitsAssessment {
            turn.ledger.staleIgnored += 1
            return Verdict(.unknownRecord)
        }
        let stands = held?.revision == message.revision
        guard try turn.state.note(head.message.uuid) == nil else {
            turn.ledger.duplicatesIgnored += stands ? 1 : 0
            turn.ledger.staleIgnored += stands ? 0 : 1
            return Verdict(stands ? .duplicate : .stale)
        }
        var position: Int64 = 0
        defer { turn.state.setNote(RecordWords(1, UInt64(bitPattern: position), 0, 0, 0), for: head.message.uuid) }
        let verdict = Verdict(.accepted, ReasonCode(cardCheckCode: message.cardCheckCode))
        guard var record = held, stands else {
            turn.figures.formerFeedback.count(mark, 1)
            if let held, message.revision < held.revision {
                turn.ledger.staleIgnored += 1
                return Verdict(.stale)
            }
            turn.figures.formerFeedback.early += 1
            position = turn.state.keep(message.encoded, for: head.record, since: .max)
            return verdict
        }
        try note(message, mark, of: &record, head.record, in: &turn)
        turn.state.set(record, for: head.record)
        return verdict
    }

    /// Notes what VSS says of the revision held.
    private func note<State: PartyState>(
        _ message: AssessmentFeedback, _ mark: FeedbackMark, of record: inout MoHRecord, _ identifier: RecordIdentifier,
        in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        record.feedback = mark
        turn.figures.feedback.count(mark, 1)
        switch record.phase {
        case .pending, .held: try add(message, to: &record, identifier, in: &turn)
        case .shared where record.reason == 0:
            tell(message, identifier, &record, in: &turn)
        // What stands in the book is an earlier revision, or nothing.
        case .shared, .refused, .withdrawn: break
        }
    }

    /// Keeps it with the submission, until the record is in the book.
    func add<State: PartyState>(
        _ message: AssessmentFeedback, to record: inout MoHRecord, _ identifier: RecordIdentifier,
        in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        var submission = try kept(record, in: &turn)
        submission.feedback = message
        keepAgain(submission, of: &record, identifier, in: &turn)
    }

    /// A revision has come of which VSS may have spoken before.
    /// - Returns: What it has said.
    func hearEarly<State: PartyState>(
        of record: inout MoHRecord, _ identifier: RecordIdentifier, in turn: inout Turn<State>
    ) throws -> AssessmentFeedback? where State.Record == MoHRecord {
        guard let message = try takeEarly(about: identifier, record.revision, in: &turn) else { return nil }
        record.feedback = try FeedbackRules.mark(of: message)
        turn.figures.formerFeedback.count(record.feedback, -1)
        turn.figures.feedback.count(record.feedback, 1)
        return message
    }

    /// These revisions will not come any more: what VSS has said of them is kept no longer.
    func forgetEarly<State: PartyState>(
        about identifier: RecordIdentifier, after held: UInt32, before revision: UInt32, in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        guard held + 1 < revision else { return }
        for one in held + 1..<revision { _ = try takeEarly(about: identifier, one, in: &turn) }
    }

    private func takeEarly<State: PartyState>(
        about identifier: RecordIdentifier, _ revision: UInt32, in turn: inout Turn<State>
    ) throws -> AssessmentFeedback? where State.Record == MoHRecord {
        let name = MessageIdentifier(.assessmentFeedback, record: identifier, revision: revision).uuid
        guard let words = try turn.state.note(name), words.second != 0 else { return nil }
        let position = Int64(bitPattern: words.second)
        let bytes = try turn.state.kept(at: position)
        turn.state.drop(position)
        turn.state.setNote(RecordWords(1, 0, 0, 0, 0), for: name)
        turn.figures.formerFeedback.early -= 1
        return try bytes.map { try AssessmentFeedback(decoding: $0) }
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
