extension IdentifierError {
    /// The rules that identifiers keep. Each has a sentence of its own; the source stands at the type that checks it.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        case citizenNumberLength, citizenNumberDigits, citizenNumberProvince
        case citizenNumberBirthYear, citizenNumberSex
        case socialInsuranceNumberLength, socialInsuranceNumberDigits
        case cardLength, cardSubject, cardBenefitLevel, cardProvince, cardListLength
        case facilityCodeLength, facilityCodeDigits, facilityCodeProvince
        case diagnosisLength, diagnosisShape, diagnosisListLength
        case sexCode
        case timeLength, timeDigits, timeNoSuchDay, timeNoSuchHour
        case birthDateLength, birthDateDigits, birthDateNoSuchDay, birthDateNoSuchHour
        case nameEmpty, nameLength, nameDigit, nameControlCharacter, nameCharacter

        /// The rule in words.
        public var text: String {
            switch self {
            case .citizenNumberLength, .citizenNumberDigits: "a citizen number has 12 digits"
            case .citizenNumberProvince: "a citizen number begins with one of the 63 codes of birth registration"
            case .citizenNumberBirthYear: "digits 4 to 6 of a citizen number give the birth year of NGAY_SINH"
            case .citizenNumberSex: "the fourth digit of a citizen number is even for men and odd for women"
            case .socialInsuranceNumberLength, .socialInsuranceNumberDigits: "a social-insurance number has 10 digits"
            case .cardLength: "a card has 15 characters, 10 digits or 12 digits"
            case .cardSubject: "the first two characters of a card are a subject code"
            case .cardBenefitLevel: "the third character of a card is a benefit level, 1 to 5"
            case .cardProvince: "characters 4 and 5 of a card are the digits of the issuing province"
            case .cardListLength: "cards are joined by one ; and are not empty"
            case .facilityCodeLength, .facilityCodeDigits: "a facility code has 5 digits"
            case .facilityCodeProvince: "a facility code begins with the two digits of a province"
            case .diagnosisLength: "an ICD-10 code has 3 to 7 characters"
            case .diagnosisShape: "an ICD-10 code is a letter, two digits and, after a dot, its subdivision"
            case .diagnosisListLength: "there are at most 12 accompanying diagnoses"
            case .sexCode: "sex is 1 (male), 2 (female) or 3 (undetermined)"
            case .timeLength, .timeDigits: "a time has 12 digits, yyyymmddHHMM, or 8, yyyymmdd"
            case .timeNoSuchDay: "a time begins with a day of the calendar"
            case .timeNoSuchHour: "a time ends with an hour 00 to 23 and a minute 00 to 59"
            case .birthDateLength, .birthDateDigits: "a birth date has 12 digits or 8; unknown parts are 0"
            case .birthDateNoSuchDay: "a birth date is a day of the calendar; unknown parts are 00"
            case .birthDateNoSuchHour: "a birth date ends with an hour 00 to 23 and a minute 00 to 59"
            case .nameEmpty: "a name has at least one letter"
            case .nameLength: "a name has at most 255 characters"
            case .nameDigit: "a name has no digits"
            case .nameControlCharacter: "a name has no control characters"
            case .nameCharacter: "a name has letters, spaces, hyphens, apostrophes and dots"
            }
        }

        /// What is wrong with the value, to stand after it in a sentence.
        func finding(in value: String) -> String {
            switch self {
            case .citizenNumberLength, .socialInsuranceNumberLength, .cardLength, .facilityCodeLength, .diagnosisLength,
                .timeLength, .birthDateLength, .nameLength:
                return value.count == 1 ? "has 1 character" : "has \(value.count) characters"
            case .citizenNumberDigits, .socialInsuranceNumberDigits, .facilityCodeDigits, .timeDigits, .birthDateDigits:
                return "has characters that are no digits"
            case .citizenNumberProvince, .facilityCodeProvince: return "begins with no such code"
            case .citizenNumberBirthYear: return "gives another birth year"
            case .citizenNumberSex: return "gives the other sex"
            case .cardSubject: return "begins with no known subject code"
            case .cardBenefitLevel: return "has no such benefit level"
            case .cardProvince: return "has characters that are no digits"
            case .cardListLength: return "has an empty card"
            case .diagnosisShape: return "has another shape"
            case .diagnosisListLength: return "has more"
            case .sexCode: return "is no such code"
            case .timeNoSuchDay, .birthDateNoSuchDay: return "is no such day"
            case .timeNoSuchHour, .birthDateNoSuchHour: return "is no such hour"
            case .nameEmpty: return "has no letter"
            case .nameDigit: return "has a digit"
            case .nameControlCharacter: return "has a control character"
            case .nameCharacter: return "has another character"
            }
        }
    }
}
