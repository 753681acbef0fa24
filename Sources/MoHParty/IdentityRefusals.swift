import ExchangeSchema
import PartyCore

/// What each answer of C06 that is not a match means to the facility. Only "no match" is a documented reply; the finer
/// reasons are simulator-defined.
enum IdentityRefusals {
    static func refusal(for result: IdentityResult) -> Refusal? {
        switch (result.outcome, result.mismatchReason) {
        case (.noMatch, .nameDiffers):
            Refusal(.c06NameDiffers, field: "HO_TEN", value: "", rule: "the name is not the one registered")
        case (.noMatch, .birthDateDiffers):
            Refusal(
                .c06BirthDateDiffers, field: "NGAY_SINH", value: "", rule: "the birth date is not the registered one")
        case (.noMatch, .numberMissing):
            Refusal(.c06NumberMissing, field: "SO_CCCD", value: "", rule: "a number is needed to identify the person")
        case (.noMatch, _):
            Refusal(.c06NumberUnknown, field: "SO_CCCD", value: "", rule: "no person is registered under this number")
        case (.numberSuperseded, _):
            Refusal(
                .c06NumberSuperseded, field: "SO_CCCD", value: "",
                rule: "the number was cancelled and another one issued; write the number in force")
        case (.deceased, _):
            Refusal(.c06Deceased, field: "SO_CCCD", value: "", rule: "the person is registered as dead")
        case (.ambiguous, _):
            Refusal(.c06Ambiguous, field: "SO_CCCD", value: "", rule: "more than one person fits")
        case (.match, _), (.unspecified, _), (.UNRECOGNIZED, _):
            nil
        }
    }
}
