import ExchangeSchema
import PartyCore
import Vocabulary

/// An answer of VSS or C06, read.
enum ReadAnswer<Positive> {
    case positive(Positive)
    case refused(Refusal)
}

/// What an assessment of VSS says. Rules of the field table in `assessments.proto`.
enum AssessmentAnswers {
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func answer(
        in message: Assessment
    ) throws(UnreadablePayload) -> ReadAnswer<MoHRecord.AssessmentAnswer> {
        switch message.outcome {
        case .notInsured: return .positive(.init(cardCheckCode: nil, benefitPercent: try percent(message)))
        case .covered:
            return .positive(.init(cardCheckCode: try code(message), benefitPercent: try percent(message)))
        case .refused:
            guard let reason = ReasonCode(text: "vss." + message.cardCheckCode) else {
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

    private static func percent(_ message: Assessment) throws(UnreadablePayload) -> UInt8 {
        guard let percent = UInt8(exactly: message.benefitPercent), percent <= 100 else {
            throw broken("benefit_percent is \(message.benefitPercent), not 0 to 100")
        }
        return percent
    }

    private static func code(_ message: Assessment) throws(UnreadablePayload) -> UInt16 {
        let text = message.cardCheckCode
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let code = UInt16(text) else {
            throw broken("card_check_code is \(UnreadablePayload.quoted(text)), not three digits")
        }
        return code
    }

    private static func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.assessment, rule) }
}
