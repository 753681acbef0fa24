public import Vocabulary

extension FaultKind {
    /// What the first revision of a visit gets.
    public enum Outcome: Sendable, Hashable {
        /// It goes the whole cycle.
        case shared
        /// A party refuses it with this reason code.
        case refused(code: String)
    }

    /// What the first revision of a visit with this fault must get: the answer of the first that notices it.
    /// - Parameters:
    ///   - insured: Whether MA_THE_BHYT is filled; VSS looks at nothing else of a visit without a card.
    ///   - lacksName: Of ``requiredMissing``, whether the name is missing; otherwise the time of admission is.
    ///   - examiners: Who looks at a record, in the order of the exchange's route.
    public func expectedFirstOutcome(
        insured: Bool, lacksName: Bool = false, asking examiners: [PartyRole]
    ) -> Outcome {
        for examiner in examiners {
            if let code = answer(of: examiner, insured: insured, lacksName: lacksName) { return .refused(code: code) }
        }
        return .shared
    }

    /// What a party answers to the fault; nil when it does not notice it.
    private func answer(of examiner: PartyRole, insured: Bool, lacksName: Bool) -> String? {
        switch examiner {
        case .moh: answerOfMoH
        case .vss: self == .unreadable ? "vss.unreadable" : insured ? answerOfVSS(lacksName: lacksName) : nil
        case .c06: answerOfC06
        case .facility, .locality: nil
        }
    }

    private var answerOfMoH: String? {
        switch self {
        case .nameInvalid: "moh.name-invalid"
        case .birthDateInvalid: "moh.birth-date-invalid"
        case .citizenNumberMalformed: "moh.citizen-number-malformed"
        case .citizenNumberContradicts: "moh.citizen-number-contradicts"
        case .cardMalformed: "moh.card-malformed"
        case .diagnosisMalformed: "moh.diagnosis-malformed"
        case .dischargeBeforeAdmission: "moh.dates-contradict"
        case .amountsContradict: "moh.amounts-contradict"
        case .requiredMissing: "moh.required-missing"
        case .unreadable: "moh.unreadable"
        default: nil
        }
    }

    /// Of an insured visit that VSS can read.
    private func answerOfVSS(lacksName: Bool) -> String? {
        switch self {
        case .nameMisspelled, .nameInvalid: "vss.061"
        case .nameWrong: "vss.060"
        case .birthDateWrong, .birthDateInvalid: "vss.070"
        case .cardExpired: "vss.010"
        case .cardUnknown: "vss.050"
        case .cardMalformed: "vss.051"
        case .cardProvinceWrong: "vss.052"
        case .cardBenefitWrong: "vss.053"
        case .cardSubjectWrong: "vss.051"
        case .cardReplaced: "vss.003"
        case .cardRecalled: "vss.110"
        case .cardDecreased: "vss.120"
        case .cardMovedToAnotherProvince: "vss.121"
        case .cardMovedInsideProvince: "vss.122"
        case .cardReaddedAtSameUnit: "vss.123"
        case .participationStopped: "vss.124"
        case .childWithoutCard: "vss.130"
        case .cardDatesUncounted, .careKindUnknown: "vss.205"
        // Without a time of admission the card cannot be looked up.
        case .requiredMissing: lacksName ? "vss.060" : "vss.051"
        default: nil
        }
    }

    private var answerOfC06: String? {
        switch self {
        case .nameMisspelled, .nameWrong, .nameInvalid, .citizenNumberOfAnother: "c06.no-match.name-differs"
        case .birthDateWrong, .birthDateInvalid: "c06.no-match.birth-date-differs"
        case .citizenNumberUnknown, .citizenNumberMalformed: "c06.no-match.number-unknown"
        case .citizenNumberMissing: "c06.no-match.number-missing"
        case .citizenNumberSuperseded: "c06.number-superseded"
        case .deceased: "c06.deceased"
        case .oldIdentityNumberShared: "c06.ambiguous"
        default: nil
        }
    }

    /// Whether the facility can put it right, so that revision 2 is without the fault.
    public var isCorrectable: Bool {
        expectedFirstOutcome(insured: true, asking: [.moh, .vss, .c06]) != .shared && self != .deceased
    }

    /// Whether a record with this fault is shared, but into the book of the wrong person.
    public var leadsToWrongMatch: Bool { self == .namesakeNumber }

    /// Whether the facility sends changes of a visit that is not refused.
    public var isAmended: Bool { self == .amendedAtOnce || self == .amended || self == .amendedWrongly }

    /// Whether the facility takes the visit back.
    public var isWithdrawn: Bool { self == .withdrawnAtOnce || self == .withdrawn }

    /// Whether the visit must be an insured one for the fault to show; nil when it can be either.
    var needsInsurance: Bool? {
        switch self {
        case .twoCards, .cardExpired, .cardUnknown, .cardMalformed, .cardProvinceWrong, .cardBenefitWrong,
            .cardSubjectWrong, .childWithoutCard, .cardDatesUncounted, .careKindUnknown, .shareAboveCard,
            .registeredElsewhere, .lineOutsideStay, .sumsAboveLines:
            true
        case _ where otherCard != nil: true
        case .namesakeNumber, .citizenNumberMissing: false
        default: nil
        }
    }

    /// Whether it can be the fault of such a record. A vaccination has no card, no diagnosis, no rows and no amounts, a health
    /// check no card and no amounts. Dates that contradict each other are then a time before birth.
    func befalls(_ kind: RecordKind) -> Bool {
        switch self {
        case _ where kind == .visit: true
        case .amountsContradict: false
        case .diagnosisMalformed: kind == .healthCheck
        default: needsInsurance != true
        }
    }

    /// The card that is written in place of the one in force; nil for that one.
    var otherCard: OtherCard? {
        switch self {
        case .cardReplaced: .replaced
        case .cardReplacedStillValid: .replacedStillValid
        case .cardRecalled: .recalled
        case .cardDecreased: .decreased
        case .cardMovedToAnotherProvince: .movedToAnotherProvince
        case .cardMovedInsideProvince: .movedInsideProvince
        case .cardReaddedAtSameUnit: .readdedAtSameUnit
        case .participationStopped: .stoppedParticipating
        case .cardRecalledLate: .recalledLate
        case .cardOfDefence: .ofDefence
        case .cardOfPolice: .ofPolice
        default: nil
        }
    }

    /// Whether ``requiredMissing`` leaves out a visit's name; otherwise it leaves out the time of admission.
    static func lacksName(visit: UInt64) -> Bool { visit.isMultiple(of: 2) }
}
