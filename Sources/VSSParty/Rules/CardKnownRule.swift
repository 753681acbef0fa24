import ExchangeSchema
import PartyCore

/// Results 050 and 130: no card information, for the card's number belongs to nobody; 130 where a child under six comes
/// without a card and has a number of the group TE made up for the visit: TE1, and MA_DKBD is two digits of the province and
/// `000` (Decision 130/QD-BYT, annex, XML1 MA_DKBD; dispatch 1923/BHXH-CNTT, annex, for the result).
enum CardKnownRule {
    static func check(
        _ holder: InsuredPerson?, _ card: InsuranceCard, _ patient: ExaminedPatient, _ insurance: ExaminedInsurance,
        on day: CivilDate, text: String
    ) throws(Refusal) -> InsuredPerson {
        if let holder { return holder }
        if case .full("TE", 1, _, _) = card, insurance.maDkbd.hasSuffix("000"), isUnderSix(patient, on: day) {
            throw Refusal(
                .vssChildWithoutCard, field: "MA_THE_BHYT", value: text,
                rule: "the child has no card of this number; write its card, or the number that the portal gives")
        }
        throw Refusal(.vssCardUnknown, field: "MA_THE_BHYT", value: text, rule: "no insured person has this card")
    }

    /// A birth date with unknown parts counts from the first day that it can be.
    private static func isUnderSix(_ patient: ExaminedPatient, on day: CivilDate) -> Bool {
        guard let born = try? BirthDate.parse(patient.ngaySinh) else { return false }
        return day.number - born.number < 60_000
    }
}
