import ExchangeSchema
import PartyCore
import Vocabulary

/// An answer of VSS or C06, read.
enum ReadAnswer<Positive> {
    case positive(Positive)
    case refused(Refusal)
}

/// What VSS says of a record that it hands on.
enum AssessedContent {
    /// It stands.
    case assessed(MoHRecord.AssessmentAnswer)
    /// This revision of what was handed on before is refused, and returned.
    case refusal(ReasonCode)
    /// The facility has taken it back.
    case withdrawal
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

    /// The answer of an assessment that accepts all that it sees, read where it lies; nil of any other, which is to be decoded.
    static func plainAnswer(
        _ bytes: Span<UInt8>, about record: RecordIdentifier
    ) -> (revision: UInt32, answer: MoHRecord.AssessmentAnswer)? {
        guard let message = PlainMessage(plain, bytes, about: record), let answer = answer(in: message, bytes) else {
            return nil
        }
        return (message.revision, answer)
    }

    /// The same of an assessment within a record.
    static func plainAnswer(_ bytes: Span<UInt8>, within range: Range<Int>) -> MoHRecord.AssessmentAnswer? {
        PlainMessage(plain, bytes, within: range).flatMap { answer(in: $0, bytes) }
    }

    /// Whether there is no assessment with a record, or one that accepts all that it sees; false where it is to be decoded.
    static func isNothingReduced(_ bytes: Span<UInt8>, within range: Range<Int>) -> Bool {
        range.isEmpty || PlainMessage(plain, bytes, within: range) != nil
    }

    private static func answer(in message: PlainMessage, _ bytes: Span<UInt8>) -> MoHRecord.AssessmentAnswer? {
        guard message.number(5) <= 100 else { return nil }
        let percent = UInt8(message.number(5))
        switch message.number(3) {
        case UInt64(AssessmentOutcome.notInsured.rawValue): return .init(cardCheckCode: nil, benefitPercent: percent)
        case UInt64(AssessmentOutcome.covered.rawValue):
            guard message.text(4).count == 3, let code = EncodedText.digits(bytes, message.text(4).range) else {
                return nil
            }
            return .init(cardCheckCode: UInt16(code), benefitPercent: percent)
        default: return nil
        }
    }

    /// Record, revision, outcome, code, share, and when it was assessed: no contradictions, and no lines.
    private static let plain = PlainMessage.Shape(texts: [1, 4], numbers: [2, 3, 5, 7])

    /// What comes with a record is positive: VSS returns what it refuses to the facility itself, and says so here only of
    /// a later revision of what it has passed on.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func content(of message: AssessedRecord) throws(UnreadablePayload) -> AssessedContent {
        let answers = AssessmentAnswers(carrier: .assessedRecord)
        if message.hasWithdrawal || !message.refusalCode.isEmpty {
            guard message.administrative.isEmpty, message.insurance.isEmpty, message.clinical.isEmpty,
                message.clinicalDetails.isEmpty
            else { throw answers.broken("it has blocks, and takes the record back or says that it is refused") }
            if message.hasWithdrawal { return .withdrawal }
            guard let reason = ReasonCode(text: message.refusalCode) else {
                throw answers.broken(
                    "refusal_code is \(UnreadablePayload.quoted(message.refusalCode)), no code of a refusal")
            }
            return .refusal(reason)
        }
        switch try answers.answer(in: message.assessment) {
        case .positive(let assessment): return .assessed(assessment)
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
