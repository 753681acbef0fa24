/// What a scenario can make go wrong in a visit. At most one fault befalls a visit; the rates are shares of visits.
///
/// The raw values are the keys under `faults:` in a scenario. "Corrected" means that the facility resubmits without the
/// fault, for the share of refusals given as `corrections.rate`. The codes are those of the route of April 2024, on which
/// MoH looks first.
public enum FaultKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The name in decomposed Unicode (NFD). Shared.
    case nameDecomposed
    /// Đ written as Ð (U+00D0). Shared.
    case nameLetterEth
    /// The name in title case with double spaces. Shared.
    case nameLowerCase
    /// Month and day of birth unknown, written `0000`. Shared.
    case birthPartsUnknown
    /// The 9-digit number of the old identity card. Shared.
    case oldIdentityNumber
    /// An expired card and the valid one, joined by `;`. Shared.
    case twoCards
    /// One letter of the given name is wrong: vss.061, uninsured c06.no-match.name-differs; corrected.
    case nameMisspelled
    /// Another person's name: vss.060, uninsured c06.no-match.name-differs; corrected.
    case nameWrong
    /// A digit or control character in the name: moh.name-invalid; corrected.
    case nameInvalid
    /// Month 13: moh.birth-date-invalid; corrected.
    case birthDateInvalid
    /// Another day of the same year: vss.070, uninsured c06.no-match.birth-date-differs; corrected.
    case birthDateWrong
    /// Eleven digits: moh.citizen-number-malformed; corrected.
    case citizenNumberMalformed
    /// The sex digit of the other sex: moh.citizen-number-contradicts; corrected.
    case citizenNumberContradicts
    /// Well-formed but never issued: c06.no-match.number-unknown; corrected.
    case citizenNumberUnknown
    /// The number of another person: c06.no-match.name-differs; corrected.
    case citizenNumberOfAnother
    /// A newborn without registration: c06.no-match.number-missing; corrected after registration.
    case citizenNumberMissing
    /// The person's cancelled earlier number: c06.number-superseded; corrected.
    case citizenNumberSuperseded
    /// The number of a namesake of the same birth year: shared to the wrong person, counted as a wrong match.
    case namesakeNumber
    /// A visit after the registered death: c06.deceased; cannot be corrected.
    case deceased
    /// The card ended before admission: vss.010; corrected.
    case cardExpired
    /// A card never issued: vss.050; corrected.
    case cardUnknown
    /// A card of wrong shape: moh.card-malformed; corrected.
    case cardMalformed
    /// The card's province is another: vss.052; corrected.
    case cardProvinceWrong
    /// The card's benefit digit is not the person's: vss.053; corrected.
    case cardBenefitWrong
    /// The main diagnosis is not shaped like an ICD-10 code: moh.diagnosis-malformed; corrected.
    case diagnosisMalformed
    /// Discharge before admission: moh.dates-contradict; corrected.
    case dischargeBeforeAdmission
    /// The amounts do not add up: moh.amounts-contradict; corrected.
    case amountsContradict
    /// A required field is empty: moh.required-missing; corrected.
    case requiredMissing
    /// The payload cannot be decoded: dead letter and moh.unreadable; corrected.
    case unreadable
    /// The same message twice. Shared, once.
    case sentTwice
    /// The 9-digit number of the old identity card, which somebody else had too: c06.ambiguous; corrected.
    case oldIdentityNumberShared
    /// The person moves to another province, and C06 reports it. Shared; in the end with the new province.
    case movedAfterwards
    /// The person's number is cancelled and another one issued, and C06 reports it. Shared; in the end under the new one.
    case renumberedAfterwards
    /// The person dies on the day of the discharge, and C06 reports it. Shared.
    case diedInHospital
    /// Nobody knows where the person is afterwards, and C06 reports it. Shared.
    case missingAfterwards

    /// What happens to people after a visit, so that C06 has something to report.
    public static let changes: [FaultKind] = [
        .movedAfterwards, .renumberedAfterwards, .diedInHospital, .missingAfterwards,
    ]
    /// The card's group is another of the same level: vss.051; corrected.
    case cardSubjectWrong
    /// The card of an earlier number, which was replaced: vss.003; corrected.
    case cardReplaced
    /// The same, where the earlier card may still be used: 004. Shared.
    case cardReplacedStillValid
    /// The card was recalled before the visit: vss.110; corrected.
    case cardRecalled
    /// The card was reported decreased: vss.120; corrected.
    case cardDecreased
    /// Decreased, moved to another province: vss.121; corrected.
    case cardMovedToAnotherProvince
    /// Decreased, moved inside the province: vss.122; corrected.
    case cardMovedInsideProvince
    /// Decreased, taken up again at the same unit: vss.123; corrected.
    case cardReaddedAtSameUnit
    /// Decreased, takes part no more: vss.124; corrected.
    case participationStopped
    /// A card that the insurer of the Ministry of Defence manages: 001. Shared.
    case cardOfDefence
    /// A card that the insurer of the Ministry of Public Security manages: 002. Shared.
    case cardOfPolice
    /// A child under six with a number of which nothing is known: vss.130; corrected.
    case childWithoutCard
    /// Two days of expiry for one card: vss.205; corrected.
    case cardDatesUncounted
    /// A kind of care (MA_LOAI_KCB) that no code set has on the day of discharge: vss.205; corrected.
    case careKindUnknown
    /// The card is recalled, and VSS hears of it after it has accepted the visit. Shared; its insurance is refused later.
    case cardRecalledLate
    /// The fund is asked for more than the card's share. Shared; VSS accepts the card's share.
    case shareAboveCard
    /// Said to be at the registered facility (MA_DOITUONG_KCB 1.1), which is another. Shared; VSS accepts the share of a
    /// self-referral.
    case registeredElsewhere
    /// A service ordered before admission. Shared; where VSS sees the lines it accepts nothing of that one.
    case lineOutsideStay
    /// XML1 claims more than its lines together. Shared; where VSS sees the lines it reduces the claim later.
    case sumsAboveLines
    /// Sent, and at once again with changes. Shared in revision 2; on its way both revisions may be shared.
    case amendedAtOnce
    /// Changed after it was shared. Shared again, in revision 2.
    case amended
    /// Changed for the worse after it was shared: moh.dates-contradict, and revision 1 stays shared.
    case amendedWrongly
    /// Sent by mistake, and taken back at once. Withdrawn.
    case withdrawnAtOnce
    /// Taken back after it was shared. Withdrawn.
    case withdrawn
}
