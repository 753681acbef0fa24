import ExchangeSchema
import PartyCore

/// Results 051, 052, 053: subject group, issuing province or benefit digit of a 15-character card are not the person's.
/// The shorter card forms carry none of these.
///
/// A card keeps the digit with which it was printed. The groups CN and LH have another one since 1 January 2026 (letter
/// 38/BYT-BH, Resolution 261/2025/QH15), so that of theirs the earlier digit stands on good cards too.
enum CardAttributesRule {
    static func check(
        _ card: InsuranceCard, _ person: InsuredPerson, text: String, on day: CivilDate, _ tables: ClaimTables
    ) throws(Refusal) {
        guard case .full(let subject, let level, let province, _) = card else { return }
        guard province == person.issuingProvince else {
            throw Refusal(
                .vssProvinceWrong, field: "MA_THE_BHYT", value: text,
                rule: "characters 4 and 5 are the issuing province of the card")
        }
        guard
            level == person.benefitLevel
                || subject == person.subjectCode && tables.hadLevel(level, group: subject, by: day)
        else {
            throw Refusal(
                .vssBenefitWrong, field: "MA_THE_BHYT", value: text,
                rule: "character 3 is the benefit level of the card")
        }
        guard subject == person.subjectCode else {
            throw Refusal(
                .vssCardWrong, field: "MA_THE_BHYT", value: text,
                rule: "characters 1 and 2 are the subject group of the card")
        }
    }
}
