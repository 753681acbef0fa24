/// A column of a file of people: a heading of CSV, a key of JSON Lines, or a column of the table `people` in SQLite.
///
/// The names are ours. What a value is called where Decision 130/QD-BYT, annex, knows it stands beside each.
public enum PeopleColumn: Int, RegisterColumn {
    /// The number in force, 12 digits; SO_CCCD. Blank for somebody who has none yet.
    case citizenNumber
    /// Numbers that this one replaced, of 12 digits, or of 9 for the old identity card; separated by blanks or `|`. Behind
    /// `@` stands the day since when it is replaced, where that is known.
    case earlierNumbers
    /// HO_TEN; any case and any Unicode form.
    case fullName
    /// NGAY_SINH, to the day where it is known.
    case birthDate
    /// GIOI_TINH: 1 male, 2 female, 3 not determined.
    case sex
    /// MATINH_CU_TRU: where the person lives, two digits, before or after July 2025.
    case province
    /// MAXA_CU_TRU, five digits.
    case ward
    /// MA_THE_BHYT: 15 characters, or the 10 digits of the social-insurance number. Blank for somebody not insured.
    case card
    /// Subject group, two letters. Needed where the card has 10 digits.
    case subject
    /// Benefit level, 1 to 5. Needed where the card has 10 digits.
    case benefitLevel
    /// Province that issued the card, two digits. Needed where the card has 10 digits.
    case issuingProvince
    /// GT_THE_TU: first day of the card.
    case cardValidFrom
    /// GT_THE_DEN: last day of the card.
    case cardValidTo
    /// MA_DKBD: where the person is registered for primary care, five digits.
    case registeredFacility
    /// What happened to the card: `replaced`, `replaced-still-valid`, `recalled`, `decreased`, `moved-to-another-province`,
    /// `moved-inside-province`, `readded-at-same-unit` or `stopped-participating`. Blank where nothing did.
    case cardEvent
    /// The first day for which that counts.
    case cardEventSince
    /// When the person died: a minute, a day, a month, a year, or `unknown`.
    case diedOn
    /// The day of the last move.
    case movedOn
    /// Where the person moved to, two digits.
    case movedTo
    /// Since when the person lives in `province`, having lived in `earlierProvince` before; in place of `movedOn` and
    /// `movedTo`.
    case residentSince
    /// Where the person lived before, two digits.
    case earlierProvince
    /// Since when nobody knows where the person is.
    case missingSince
    /// For people: what is special about this person. Not read.
    case story
    /// For people: what is to become of the person's visit. Not read.
    case expected

    /// `people`.
    public static var table: String { "people" }

    /// What only insurers know. The population register is never given these, and VSS is given no others but number,
    /// name and birth date.
    var isInsurance: Bool {
        switch self {
        case .card, .subject, .benefitLevel, .issuingProvince, .cardValidFrom, .cardValidTo, .registeredFacility,
            .cardEvent, .cardEventSince:
            true
        default: false
        }
    }
}
