import ExchangeSchema

/// What C06 found out about one check.
enum IdentityFinding: Equatable {
    case match(CitizenNumber)
    case mismatch(ReasonCode)

    /// Why there is no match; nil for a match.
    var reason: ReasonCode? {
        if case .mismatch(let reason) = self { reason } else { nil }
    }

    /// The answer to MoH. Of a person it says the number in force, and that only for a match.
    func result(for check: IdentityCheck, at now: Int64) -> IdentityResult {
        var result = IdentityResult()
        result.recordID = check.recordID
        result.revision = check.revision
        result.checkedAt = now
        switch self {
        case .match(let number):
            result.outcome = .match
            result.civilStatus = .unchanged
            result.citizenNumber = number.description
        case .mismatch(.c06NumberSuperseded):
            result.outcome = .numberSuperseded
        case .mismatch(.c06Deceased):
            result.outcome = .deceased
            result.civilStatus = .died
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
