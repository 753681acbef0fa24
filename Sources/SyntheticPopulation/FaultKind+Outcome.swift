public import Vocabulary

extension FaultKind {
    /// What the first revision of a visit gets.
    public enum Outcome: Sendable, Hashable {
        /// It goes the whole cycle.
        case shared
        /// A party refuses it with this reason code.
        case refused(code: String)
    }

    /// What the first revision of a visit with this fault must get.
    /// - Parameter insured: whether MA_THE_BHYT is filled; a wrong name is then found by VSS, otherwise by C06.
    public func expectedFirstOutcome(insured: Bool) -> Outcome {
        switch self {
        case .nameDecomposed, .nameLetterEth, .nameLowerCase, .birthPartsUnknown, .oldIdentityNumber, .twoCards,
            .namesakeNumber, .sentTwice:
            .shared
        case .nameMisspelled: .refused(code: insured ? "vss.061" : "c06.no-match.name-differs")
        case .nameWrong: .refused(code: insured ? "vss.060" : "c06.no-match.name-differs")
        case .nameInvalid: .refused(code: "moh.name-invalid")
        case .birthDateInvalid: .refused(code: "moh.birth-date-invalid")
        case .birthDateWrong: .refused(code: insured ? "vss.070" : "c06.no-match.birth-date-differs")
        case .citizenNumberMalformed: .refused(code: "moh.citizen-number-malformed")
        case .citizenNumberContradicts: .refused(code: "moh.citizen-number-contradicts")
        case .citizenNumberUnknown: .refused(code: "c06.no-match.number-unknown")
        case .citizenNumberOfAnother: .refused(code: "c06.no-match.name-differs")
        case .citizenNumberMissing: .refused(code: "c06.no-match.number-missing")
        case .citizenNumberSuperseded: .refused(code: "c06.number-superseded")
        case .deceased: .refused(code: "c06.deceased")
        case .cardExpired: .refused(code: "vss.010")
        case .cardUnknown: .refused(code: "vss.050")
        case .cardMalformed: .refused(code: "moh.card-malformed")
        case .cardProvinceWrong: .refused(code: "vss.052")
        case .cardBenefitWrong: .refused(code: "vss.053")
        case .diagnosisMalformed: .refused(code: "moh.diagnosis-malformed")
        case .dischargeBeforeAdmission: .refused(code: "moh.dates-contradict")
        case .amountsContradict: .refused(code: "moh.amounts-contradict")
        case .requiredMissing: .refused(code: "moh.required-missing")
        case .unreadable: .refused(code: "moh.unreadable")
        }
    }

    /// Whether the facility can put it right, so that revision 2 is without the fault.
    public var isCorrectable: Bool {
        expectedFirstOutcome(insured: true) != .shared && self != .deceased
    }

    /// Whether a record with this fault is shared, but into the book of the wrong person.
    public var leadsToWrongMatch: Bool { self == .namesakeNumber }

    /// Whether the visit must be an insured one for the fault to show; nil when it can be either.
    var needsInsurance: Bool? {
        switch self {
        case .twoCards, .cardExpired, .cardUnknown, .cardMalformed, .cardProvinceWrong, .cardBenefitWrong: true
        case .namesakeNumber, .citizenNumberMissing: false
        default: nil
        }
    }
}
