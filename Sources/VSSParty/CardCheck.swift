import ExchangeSchema
import PartyCore

/// What the card check found.
enum CardCheckOutcome: Equatable {
    /// The visit is not insured: MA_THE_BHYT is empty.
    case notInsured
    /// A usable card, with its result code and the share the fund pays in percent.
    case covered(code: String, percent: UInt32)
    /// A card that is not the patient's, or no usable one; the refusal of the first such card.
    case refused(Refusal)
}

/// What the card check found, now and for the review.
struct CardFinding {
    /// What is said at once.
    var outcome: CardCheckOutcome
    /// Why the card will turn out unusable at the review; nil when it will not.
    var late: Refusal?
    /// Whose usable card it is.
    var person: InsuredPerson?
    /// Days of admission and discharge, where they can be read.
    var admitted: CivilDate?
    var discharged: CivilDate?

    init(_ outcome: CardCheckOutcome, late: Refusal? = nil, person: InsuredPerson? = nil) {
        self.outcome = outcome
        self.late = late
        self.person = person
    }
}

/// Looks up every card of a visit. Several cards in one stay are joined by `;`, and GT_THE_TU and GT_THE_DEN stand in
/// the same order (Decision 130/QD-BYT, annex, XML1 MA_THE_BHYT).
///
/// Each card must belong to the patient, and one of them must be valid on the day of admission; that one decides code
/// and share. A card that ran out before admission was replaced: what it says of group, province and level is no longer
/// in the register, so only its number is looked up.
struct CardCheck<Registry: InsuranceRegistry>: Sendable {
    let registry: Registry
    /// Codes and rules with their dates.
    var tables = ClaimTables.shipped

    /// - Throws: The register's error when it cannot be read.
    func check(_ patient: AdministrativeBlock, _ insurance: InsuranceBlock) throws -> CardCheckOutcome {
        try examine(ExaminedPatient(patient), ExaminedInsurance(insurance)).outcome
    }

    /// - Throws: The register's error when it cannot be read.
    func examine(_ patient: ExaminedPatient, _ insurance: ExaminedInsurance) throws -> CardFinding {
        guard !insurance.maTheBhyt.isBlank else { return CardFinding(.notInsured) }
        let cards: [InsuranceCard]
        let visit: VisitTime
        do {
            cards = try InsuranceCard.list(parsing: insurance.maTheBhyt, field: "MA_THE_BHYT")
            visit = try VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO")
        } catch {
            return CardFinding(.refused(Refusal(.vssCardWrong, error)))
        }
        let holders = try cards.map(holder)
        do throws(Refusal) {
            // A discharge that cannot be read is MoH's to refuse; then the day of admission counts.
            let discharged = (try? VisitTime(parsing: insurance.ngayRa, field: "NGAY_RA"))?.date
            var found = try checked(patient, insurance, cards, holders, visit, discharged ?? visit.date)
            found.admitted = visit.date
            found.discharged = discharged
            return found
        } catch {
            return CardFinding(.refused(error))
        }
    }

    /// Whose card this is; nil when it is nobody's.
    func holder(of card: InsuranceCard) throws -> InsuredPerson? {
        switch card {
        case .full(_, _, _, let number): try registry.insured(socialInsuranceNumber: number)
        case .socialInsurance(let number): try registry.insured(socialInsuranceNumber: number)
        case .citizen(let number): try registry.insured(citizenNumber: number)
        }
    }

    private func checked(
        _ patient: ExaminedPatient, _ insurance: ExaminedInsurance, _ cards: [InsuranceCard],
        _ holders: [InsuredPerson?], _ visit: VisitTime, _ day: CivilDate
    ) throws(Refusal) -> CardFinding {
        try CodeSetRule.check(insurance, tables, on: day)
        try CardListRule.check(insurance.gtTheTu, "GT_THE_TU", cards: cards.count)
        try CardListRule.check(insurance.gtTheDen, "GT_THE_DEN", cards: cards.count)
        var usable: CardFinding?
        var first: Refusal?
        var foreign: Refusal?
        for (index, card) in cards.enumerated() {
            let writtenEnd = CardListRule.entry(index, of: insurance.gtTheDen)
            do throws(Refusal) {
                let text = cards.count == 1 ? insurance.maTheBhyt : card.description
                let person = try CardKnownRule.check(
                    holders[index], card, patient, insurance, on: visit.date, text: text)
                if cards.count == 1 || !ValidityRule.isOver(writtenEnd, on: visit.date) {
                    try CardAttributesRule.check(card, person, text: text, on: day, tables)
                }
                try InsuredNameRule.check(patient, person)
                try InsuredBirthDateRule.check(patient, person)
                do throws(Refusal) {
                    try ValidityRule.check(person, on: visit.date, writtenEnd: writtenEnd)
                    let isReplaced = try CardStandingRule.check(person.standing, on: visit.date, text: text)
                    usable =
                        usable
                        ?? CardFinding(
                            .covered(
                                code: isReplaced ? "004" : CardInsurer.resultCode(person.subjectCode),
                                percent: tables.percent(of: person, on: day)),
                            late: CardStandingRule.late(person.standing, on: visit.date, text: text), person: person)
                } catch {
                    first = first ?? error
                }
            } catch {
                first = first ?? error
                foreign = foreign ?? error
            }
        }
        if let foreign { throw usable == nil ? first ?? foreign : foreign }
        if let usable { return usable }
        if let first { throw first }
        return CardFinding(.notInsured)
    }
}

/// Which insurer manages a card, as far as the result code tells: 001 for the Ministry of Defence, 002 for the Ministry
/// of Public Security, else 000. Both stand for "usable, check by hand" (dispatch 1923/BHXH-CNTT, annex).
enum CardInsurer {
    static func resultCode(_ subject: String) -> String {
        switch subject {
        case "QN", "CY": "001"
        case "CA": "002"
        default: "000"
        }
    }
}
