/// Why a record was refused. The raw value is what the journal stores; the text is what people and corrections see.
///
/// Three digits after `vss.` are official card-check results (dispatch 1923/BHXH-CNTT, annex, maKetQua). All others are
/// simulator-defined: no public text lists MoH's or C06's codes, or what VSS says of a record that it cannot read.
public enum ReasonCode: UInt16, CaseIterable, Sendable {
    case mohUnreadable = 1
    case mohRequiredMissing = 2
    case mohNameInvalid = 3
    case mohBirthDateInvalid = 4
    case mohCitizenNumberMalformed = 5
    case mohCitizenNumberContradicts = 6
    case mohCardMalformed = 7
    case mohDiagnosisMalformed = 8
    case mohDatesInvalid = 9
    case mohDatesContradict = 10
    case mohAmountsContradict = 11
    case mohFacilityMalformed = 12
    case mohProvinceUnknown = 13
    case mohSexUnknown = 14
    case mohFacilityUnknown = 15
    case mohFacilityNotConnected = 16
    case mohPractitionerUnknown = 17
    case mohDoseImplausible = 18
    case mohCodeUnknown = 19
    case vssCardReplaced = 1003
    case vssCardExpired = 1010
    case vssCardUnknown = 1050
    case vssCardWrong = 1051
    case vssProvinceWrong = 1052
    case vssBenefitWrong = 1053
    case vssNameWrong = 1060
    case vssNameWrongFirstLetterRight = 1061
    case vssBirthDateWrong = 1070
    case vssCardRecalled = 1110
    case vssDecreased = 1120
    case vssMovedToAnotherProvince = 1121
    case vssMovedInsideProvince = 1122
    case vssReaddedAtSameUnit = 1123
    case vssStoppedParticipating = 1124
    case vssChildWithoutCard = 1130
    case vssParameterWrong = 1205
    case c06NumberUnknown = 2001
    case c06NameDiffers = 2002
    case c06BirthDateDiffers = 2003
    case c06NumberMissing = 2004
    case c06NumberSuperseded = 2005
    case c06Deceased = 2006
    case c06Ambiguous = 2007
    // Beside the official results of the card check, which are 1000 and three digits.
    case vssUnreadable = 3001
    case agreementUnsigned = 4001
    case agreementForged = 4002
    // No refusal: the reason of a message that takes a record back.
    case facilityWithdrew = 5001
    // Why a shared history is not given. They refuse a request and no record.
    case mohPurposeMissing = 6001
    case mohPersonUnknown = 6002
    case mohNotItsPatient = 6003
    case mohNoBook = 6004
    // Why MoH's axis takes a message not in. They refuse a message and no record.
    case mohMessageUnsigned = 6005
    case mohMessageSignatureInvalid = 6006
    case mohOrganisationUnsigned = 6007
    case mohOrganisationSignatureInvalid = 6008

    /// The code as it travels in a correction and stands in reports.
    public var text: String {
        switch self {
        case .mohUnreadable: "moh.unreadable"
        case .mohRequiredMissing: "moh.required-missing"
        case .mohNameInvalid: "moh.name-invalid"
        case .mohBirthDateInvalid: "moh.birth-date-invalid"
        case .mohCitizenNumberMalformed: "moh.citizen-number-malformed"
        case .mohCitizenNumberContradicts: "moh.citizen-number-contradicts"
        case .mohCardMalformed: "moh.card-malformed"
        case .mohDiagnosisMalformed: "moh.diagnosis-malformed"
        case .mohDatesInvalid: "moh.dates-invalid"
        case .mohDatesContradict: "moh.dates-contradict"
        case .mohAmountsContradict: "moh.amounts-contradict"
        case .mohFacilityMalformed: "moh.facility-malformed"
        case .mohProvinceUnknown: "moh.province-unknown"
        case .mohSexUnknown: "moh.sex-unknown"
        case .mohFacilityUnknown: "moh.facility-unknown"
        case .mohFacilityNotConnected: "moh.facility-not-connected"
        case .mohPractitionerUnknown: "moh.practitioner-unknown"
        case .mohDoseImplausible: "moh.dose-implausible"
        case .mohCodeUnknown: "moh.code-unknown"
        case .vssUnreadable: "vss.unreadable"
        case .vssCardReplaced: "vss.003"
        case .vssCardExpired: "vss.010"
        case .vssCardUnknown: "vss.050"
        case .vssCardWrong: "vss.051"
        case .vssProvinceWrong: "vss.052"
        case .vssBenefitWrong: "vss.053"
        case .vssNameWrong: "vss.060"
        case .vssNameWrongFirstLetterRight: "vss.061"
        case .vssBirthDateWrong: "vss.070"
        case .vssCardRecalled: "vss.110"
        case .vssDecreased: "vss.120"
        case .vssMovedToAnotherProvince: "vss.121"
        case .vssMovedInsideProvince: "vss.122"
        case .vssReaddedAtSameUnit: "vss.123"
        case .vssStoppedParticipating: "vss.124"
        case .vssChildWithoutCard: "vss.130"
        case .vssParameterWrong: "vss.205"
        case .c06NumberUnknown: "c06.no-match.number-unknown"
        case .c06NameDiffers: "c06.no-match.name-differs"
        case .c06BirthDateDiffers: "c06.no-match.birth-date-differs"
        case .c06NumberMissing: "c06.no-match.number-missing"
        case .c06NumberSuperseded: "c06.number-superseded"
        case .c06Deceased: "c06.deceased"
        case .c06Ambiguous: "c06.ambiguous"
        case .agreementUnsigned: "agreement.unsigned"
        case .agreementForged: "agreement.forged"
        case .facilityWithdrew: "facility.withdrew"
        case .mohPurposeMissing: "moh.purpose-missing"
        case .mohPersonUnknown: "moh.person-unknown"
        case .mohNotItsPatient: "moh.not-its-patient"
        case .mohNoBook: "moh.no-book"
        case .mohMessageUnsigned: "moh.message-unsigned"
        case .mohMessageSignatureInvalid: "moh.message-signature-invalid"
        case .mohOrganisationUnsigned: "moh.organisation-unsigned"
        case .mohOrganisationSignatureInvalid: "moh.organisation-signature-invalid"
        }
    }

    /// The code with this text, or nil when there is none.
    public init?(text: String) {
        guard let code = Self.byText[text] else { return nil }
        self = code
    }

    /// The refusal with this official result of the card check, three digits; nil when there is none.
    public init?(cardCheckCode code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text: Self.cardCheckPrefix + code)
    }

    /// The official result of the card check, three digits; nil when the refusal comes from elsewhere.
    public var cardCheckCode: String? {
        let code = text.dropFirst(Self.cardCheckPrefix.count)
        return text.hasPrefix(Self.cardCheckPrefix) && code.utf8.count == 3 ? String(code) : nil
    }

    private static let cardCheckPrefix = "vss."

    private static let byText = Dictionary(uniqueKeysWithValues: allCases.map { ($0.text, $0) })

    /// Whether the facility can put it right and submit again. A death cannot be corrected.
    public var isCorrectable: Bool { self != .c06Deceased }
}
