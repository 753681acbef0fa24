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

/// Looks up every card of a visit. Several cards in one stay are joined by `;`, and GT_THE_TU and GT_THE_DEN stand in
/// the same order (Decision 130/QD-BYT, annex, XML1 MA_THE_BHYT).
///
/// Each card must belong to the patient, and one of them must be valid on the day of admission; that one decides code
/// and share. A card that ran out before admission was replaced: what it says of group, province and level is no longer
/// in the register, so only its number is looked up.
struct CardCheck<Registry: InsuranceRegistry>: Sendable {
    let registry: Registry

    /// - Throws: The register's error when it cannot be read.
    func check(_ patient: AdministrativeBlock, _ insurance: InsuranceBlock) throws -> CardCheckOutcome {
        guard !insurance.maTheBhyt.isBlank else { return .notInsured }
        let cards: [InsuranceCard]
        let visit: VisitTime
        do {
            cards = try InsuranceCard.list(parsing: insurance.maTheBhyt, field: "MA_THE_BHYT")
            visit = try VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO")
        } catch {
            return .refused(Refusal(.vssCardWrong, error))
        }
        let holders = try cards.map(holder)
        do throws(Refusal) {
            return try checked(patient, insurance, cards, holders, visit)
        } catch {
            return .refused(error)
        }
    }

    /// Whose card this is; nil when it is nobody's.
    private func holder(of card: InsuranceCard) throws -> InsuredPerson? {
        switch card {
        case .full(_, _, _, let number): try registry.insured(socialInsuranceNumber: number)
        case .socialInsurance(let number): try registry.insured(socialInsuranceNumber: number)
        case .citizen(let number): try registry.insured(citizenNumber: number)
        }
    }

    private func checked(
        _ patient: AdministrativeBlock, _ insurance: InsuranceBlock, _ cards: [InsuranceCard],
        _ holders: [InsuredPerson?], _ visit: VisitTime
    ) throws(Refusal) -> CardCheckOutcome {
        try CardListRule.check(insurance.gtTheTu, "GT_THE_TU", cards: cards.count)
        let ends = try CardListRule.check(insurance.gtTheDen, "GT_THE_DEN", cards: cards.count)
        var usable: CardCheckOutcome?
        var first: Refusal?
        var foreign: Refusal?
        for (index, card) in cards.enumerated() {
            let writtenEnd = index < ends.count ? String(ends[index]) : ""
            do throws(Refusal) {
                let text = cards.count == 1 ? insurance.maTheBhyt : card.description
                let person = try CardKnownRule.check(holders[index], text: text)
                if cards.count == 1 || !ValidityRule.isOver(writtenEnd, on: visit.date) {
                    try CardAttributesRule.check(card, person, text: text)
                }
                try InsuredNameRule.check(patient, person)
                try InsuredBirthDateRule.check(patient, person)
                do throws(Refusal) {
                    try ValidityRule.check(person, on: visit.date, writtenEnd: writtenEnd)
                    usable =
                        usable
                        ?? .covered(
                            code: CardInsurer.resultCode(person.subjectCode),
                            percent: Benefit.percent(person.benefitLevel))
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
        return .notInsured
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

/// Share the fund pays by benefit level: 1, 2 and 5 pay all, 3 pays 95, 4 pays 80 percent. Decision 1351/QD-BHXH (2015).
enum Benefit {
    static func percent(_ level: Int) -> UInt32 {
        switch level {
        case 3: 95
        case 4: 80
        default: 100
        }
    }
}
