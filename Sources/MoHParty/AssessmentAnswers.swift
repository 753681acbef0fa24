import ExchangeSchema
import PartyCore
import Vocabulary

/// An answer of VSS or C06, read.
enum ReadAnswer<Positive> {
    case positive(Positive)
    case refused(Refusal)
}

/// What an assessment of VSS says, in a message of its own or with the record. Rules of the field table in
/// `assessments.proto`.
struct AssessmentAnswers {
    /// The message that carries it.
    private let carrier: MessageType

    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func answer(
        in message: Assessment
    ) throws(UnreadablePayload) -> ReadAnswer<MoHRecord.AssessmentAnswer> {
        try AssessmentAnswers(carrier: .assessment).answer(in: message)
    }

    /// What comes with a record is positive: VSS returns what it refuses to the facility itself.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func answer(
        inRecord message: AssessedRecord
    ) throws(UnreadablePayload) -> MoHRecord.AssessmentAnswer {
        let answers = AssessmentAnswers(carrier: .assessedRecord)
        switch try answers.answer(in: message.assessment) {
        case .positive(let assessment): return assessment
        case .refused:
            throw answers.broken(
                "outcome is refused; what VSS refuses it returns to the facility itself, as a correction")
        }
    }

    private func answer(
        in message: Assessment
    ) throws(UnreadablePayload) -> ReadAnswer<MoHRecord.AssessmentAnswer> {
        switch message.outcome {
        case .notInsured: return .positive(.init(cardCheckCode: nil, benefitPercent: try percent(message)))
        case .covered:
            return .positive(.init(cardCheckCode: try code(message), benefitPercent: try percent(message)))
        case .refused:
            guard let reason = ReasonCode(cardCheckCode: message.cardCheckCode) else {
                throw broken(
                    "card_check_code is \(UnreadablePayload.quoted(message.cardCheckCode)), no code of a refusal")
            }
            let first = message.contradictions.first ?? Contradiction()
            return .refused(Refusal(reason, field: first.field, value: first.value, rule: first.rule))
        case .unspecified: throw broken("outcome is unset; it is covered, not insured or refused")
        case .UNRECOGNIZED(let number):
            throw broken("outcome is \(number); it is 1 (covered), 2 (not insured) or 3 (refused)")
        }
    }

    private func percent(_ message: Assessment) throws(UnreadablePayload) -> UInt8 {
        guard let percent = UInt8(exactly: message.benefitPercent), percent <= 100 else {
            throw broken("benefit_percent is \(message.benefitPercent), not 0 to 100")
        }
        return percent
    }

    private func code(_ message: Assessment) throws(UnreadablePayload) -> UInt16 {
        let text = message.cardCheckCode
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let code = UInt16(text) else {
            throw broken("card_check_code is \(UnreadablePayload.quoted(text)), not three digits")
        }
        return code
    }

    private func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(carrier, rule) }
}
