import ExchangeSchema

/// What C06 found out about one check.
enum IdentityFinding: Equatable {
    /// The number in force, and what else C06 says of the person.
    case match(CitizenNumber, CivilStanding = CivilStanding())
    case mismatch(ReasonCode)

    /// Why there is no match; nil for a match.
    var reason: ReasonCode? {
        if case .mismatch(let reason) = self { reason } else { nil }
    }

    /// The answer to MoH. Only of a person who matches it says anything: the number in force, and what has happened to the
    /// person, with its date.
    func result(for check: IdentityCheck, at now: Int64) -> IdentityResult {
        var result = IdentityResult()
        result.recordID = check.recordID
        result.revision = check.revision
        result.checkedAt = now
        switch self {
        case .match(let number, let standing):
            result.outcome = .match
            result.citizenNumber = number.description
            standing.write(into: &result)
        case .mismatch(.c06Ambiguous):
            result.outcome = .ambiguous
        case .mismatch(let reason):
            result.outcome = .noMatch
            result.mismatchReason =
                switch reason {
                case .c06NameDiffers: .nameDiffers
                case .c06BirthDateDiffers: .birthDateDiffers
                case .c06NumberMissing: .numberMissing
                default: .numberUnknown
                }
        }
        return result
    }
}
