import ExchangeSchema

/// What a reason code means, for people. The meanings of VSS's codes follow the annex of dispatch 1923/BHXH-CNTT
/// (maKetQua); all other codes are simulator-defined, for no public text lists them.
enum ReasonMeaning {
    /// A few words; the code itself when it is not known.
    static func text(_ code: String, _ say: PageLanguage = .english) -> String {
        guard let reason = ReasonCode(text: code) else { return say("unknown reason", "lý do không rõ") }
        guard say == .english else { return reason.vietnamese.prefix(1).uppercased() + reason.vietnamese.dropFirst() }
        return switch reason {
        case .mohUnreadable: "Not a readable record"
        case .mohRequiredMissing: "A required field is empty"
        case .mohNameInvalid: "Name has signs no name has"
        case .mohBirthDateInvalid: "Birth date cannot be"
        case .mohCitizenNumberMalformed: "Citizen number malformed"
        case .mohCitizenNumberContradicts: "Citizen number contradicts sex or birth year"
        case .mohCardMalformed: "Insurance card malformed"
        case .mohDiagnosisMalformed: "Diagnosis code malformed"
        case .mohDatesInvalid: "A date cannot be"
        case .mohDatesContradict: "Dates contradict each other"
        case .mohAmountsContradict: "Amounts contradict each other"
        case .mohFacilityMalformed: "Facility code malformed"
        case .mohProvinceUnknown: "Province unknown"
        case .mohSexUnknown: "Sex unknown"
        case .mohFacilityUnknown: "Facility not on the register"
        case .mohFacilityNotConnected: "Facility not connected"
        case .mohPractitionerUnknown: "Practitioner not on the register"
        case .mohDoseImplausible: "Dose of a vaccine that cannot be"
        case .mohCodeUnknown: "Code that its list does not have"
        case .vssUnreadable: "Not a readable record"
        case .vssCardReplaced: "Old card no longer valid, new card issued"
        case .vssCardExpired: "Card expired"
        case .vssCardUnknown: "Card not found"
        case .vssCardWrong: "Card code wrong"
        case .vssProvinceWrong: "Issuing-province code wrong"
        case .vssBenefitWrong: "Benefit code wrong"
        case .vssNameWrong: "Name wrong"
        case .vssNameWrongFirstLetterRight: "Name wrong, first letter right"
        case .vssBirthDateWrong: "Birth date wrong"
        case .vssCardRecalled: "Card recalled"
        case .vssDecreased: "Reported decreased"
        case .vssMovedToAnotherProvince: "Decreased: moved to another province"
        case .vssMovedInsideProvince: "Decreased: moved inside the province"
        case .vssReaddedAtSameUnit: "Decreased: re-added at the same unit"
        case .vssStoppedParticipating: "Decreased: stopped participating"
        case .vssChildWithoutCard: "Child without card"
        case .vssParameterWrong: "Parameter format error"
        case .c06NumberUnknown: "No person has this number"
        case .c06NameDiffers: "Another name under this number"
        case .c06BirthDateDiffers: "Another birth date under this number"
        case .c06NumberMissing: "No citizen number given"
        case .c06NumberSuperseded: "Number has been replaced"
        case .c06Deceased: "Person has died"
        case .c06Ambiguous: "More than one person fits"
        case .agreementUnsigned: "Signature under an agreement without proof"
        case .agreementForged: "Signature under an agreement that is not believed"
        case .facilityWithdrew: "Taken back by its facility"
        case .mohPurposeMissing: "Asked for a shared history without saying why"
        case .mohPersonUnknown: "Nobody with this number has a book"
        case .mohNotItsPatient: "The facility has no visit of this person in the book"
        case .mohNoBook: "No book is kept here, or it cannot be read"
        case .mohMessageUnsigned: "Message to MoH's axis without a signature"
        case .mohMessageSignatureInvalid: "Signature of a message to MoH's axis does not hold"
        case .mohOrganisationUnsigned: "File on MoH's axis without its organisation's signature"
        case .mohOrganisationSignatureInvalid: "Organisation's signature in a file on MoH's axis does not hold"
        }
    }

    /// Whether a public text gives the code.
    static func isOfficial(_ code: String) -> Bool { ReasonCode(text: code)?.cardCheckCode != nil }
}
