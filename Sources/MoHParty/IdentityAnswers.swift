import ExchangeSchema
import PartyCore
import Vocabulary

/// What an identity result of C06 says. Rules of the field table in `identity.proto`. A citizen number that breaks a rule
/// is not repeated: reasons of dead letters stand in logs.
enum IdentityAnswers {
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    static func answer(
        in message: IdentityResult
    ) throws(UnreadablePayload) -> ReadAnswer<MoHRecord.IdentityAnswer> {
        switch message.outcome {
        case .match: return .positive(try identity(message))
        case .unspecified: throw broken("outcome is unset; it is match, no match or another reason against a match")
        case .UNRECOGNIZED(let number): throw broken("outcome is \(number); it is 1 (match) to 5 (ambiguous)")
        case .noMatch, .numberSuperseded, .deceased, .ambiguous: break
        }
        guard let refusal = IdentityRefusals.refusal(for: message) else {
            throw broken("outcome \(message.outcome.rawValue) is no refusal")
        }
        return .refused(refusal)
    }

    private static func identity(_ message: IdentityResult) throws(UnreadablePayload) -> MoHRecord.IdentityAnswer {
        guard let number = try? CitizenNumber(parsing: message.citizenNumber) else {
            throw broken("citizen_number, of \(message.citizenNumber.utf8.count) characters, is no citizen number")
        }
        if message.movedToProvince.isEmpty { return .init(citizenNumber: number.number, movedToProvince: 0) }
        guard let province = Province(code: message.movedToProvince), let digits = UInt8(province.code) else {
            throw broken(
                "moved_to_province is \(UnreadablePayload.quoted(message.movedToProvince)), no province code of "
                    + "Decision 19/2025/QD-TTg")
        }
        return .init(citizenNumber: number.number, movedToProvince: digits)
    }

    private static func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.identityResult, rule) }
}
