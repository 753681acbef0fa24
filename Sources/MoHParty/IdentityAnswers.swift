import ExchangeSchema
import PartyCore
import Vocabulary

/// What C06 says of a person who matches.
struct IdentityStatement: Equatable {
    /// The number in force, and where the person has moved to.
    var answer: MoHRecord.IdentityAnswer
    /// Since when the person lives there; nil where it is not known.
    var movedOn: CivilDate?
    /// When the person died; nil for the living.
    var death: CivilMoment?
    /// That the number asked for was cancelled; nil where it is the one in force.
    var replacement: Replacement?

    struct Replacement: Equatable {
        /// Since when another number is in force in its place; nil where it is not known.
        var since: CivilDate?
    }
}

/// What an identity result of C06 says. Rules of the field table in `identity.proto`. A citizen number that breaks a rule
/// is not repeated: reasons of dead letters stand in logs.
enum IdentityAnswers {
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func answer(
        in message: IdentityResult
    ) throws(UnreadablePayload) -> ReadAnswer<IdentityStatement> {
        switch message.outcome {
        case .match: return .positive(try statement(message))
        case .unspecified: throw broken("outcome is unset; it is match, no match or another reason against a match")
        case .UNRECOGNIZED(let number): throw broken("outcome is \(number); it is 1 (match) to 5 (ambiguous)")
        case .noMatch, .numberSuperseded, .deceased, .ambiguous: break
        }
        guard let refusal = IdentityRefusals.refusal(for: message) else {
            throw broken("outcome \(message.outcome.rawValue) is no refusal")
        }
        return .refused(refusal)
    }

    /// The answer that a person matches to whom nothing has happened, read where it lies; nil of any other, which is to be
    /// decoded.
    static func plainMatch(
        _ bytes: Span<UInt8>, about record: RecordIdentifier
    ) -> (revision: UInt32, answer: MoHRecord.IdentityAnswer)? {
        guard let message = PlainMessage(plain, bytes, about: record),
            message.number(3) == UInt64(IdentityOutcome.match.rawValue),
            message.number(5) == UInt64(CivilStatus.unchanged.rawValue), message.text(6).count == 12,
            let number = EncodedText.digits(bytes, message.text(6).range).flatMap(CitizenNumber.init(number:))
        else { return nil }
        return (message.revision, .init(citizenNumber: number.number, movedToProvince: 0))
    }

    /// Record, revision, outcome, status, number, and when it was checked.
    private static let plain = PlainMessage.Shape(texts: [1, 6], numbers: [2, 3, 5, 8])

    private static func statement(_ message: IdentityResult) throws(UnreadablePayload) -> IdentityStatement {
        guard let number = try? CitizenNumber(parsing: message.citizenNumber) else {
            throw broken("citizen_number, of \(message.citizenNumber.utf8.count) characters, is no citizen number")
        }
        var statement = IdentityStatement(answer: .init(citizenNumber: number.number, movedToProvince: 0))
        if message.civilStatus == .died {
            guard let death = CivilMoment(message.diedOn) else {
                throw broken("died_on is \(UnreadablePayload.quoted(message.diedOn)), no yyyyMMdd or yyyyMMddHHmm")
            }
            statement.death = death
        }
        if message.numberReplaced {
            statement.replacement = .init(since: try day(message.numberSince, "number_since"))
        }
        if message.movedToProvince.isEmpty { return statement }
        guard let province = Province(code: message.movedToProvince), let digits = UInt8(province.code) else {
            throw broken(
                "moved_to_province is \(UnreadablePayload.quoted(message.movedToProvince)), no province code of "
                    + "Decision 19/2025/QD-TTg")
        }
        statement.answer.movedToProvince = digits
        statement.movedOn = try day(message.movedOn, "moved_on")
        return statement
    }

    /// A day of the calendar; nil for an empty field.
    private static func day(_ text: String, _ field: String) throws(UnreadablePayload) -> CivilDate? {
        if text.isEmpty { return nil }
        guard let date = CivilMoment(text)?.date, date.isComplete, text.utf8.count == 8 else {
            throw broken("\(field) is \(UnreadablePayload.quoted(text)), no day yyyyMMdd")
        }
        return date
    }

    private static func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.identityResult, rule) }
}
