import ExchangeSchema
import PartyCore

/// What the card check found.
enum CardCheckOutcome: Equatable {
    /// The visit is not insured: MA_THE_BHYT is empty.
    case notInsured
    /// A usable card, with its result code and the share the fund pays in percent.
    case covered(code: String, percent: UInt32)
    /// No usable card; the refusal of the first one.
    case refused(Refusal)
}

/// Looks up the cards of a visit, one after the other, until one is usable. Several cards in one stay are joined by `;`,
/// and GT_THE_TU and GT_THE_DEN stand in the same order (Decision 130/QD-BYT, annex, XML1 MA_THE_BHYT).
struct CardCheck<Registry: InsuranceRegistry>: Sendable {
    let registry: Registry

    func check(_ patient: AdministrativeBlock, _ insurance: InsuranceBlock) -> CardCheckOutcome {
        guard !insurance.maTheBhyt.isEmpty else { return .notInsured }
        let cards: [InsuranceCard]
        do {
            cards = try InsuranceCard.list(parsing: insurance.maTheBhyt, field: "MA_THE_BHYT")
        } catch {
            return .refused(Refusal(.vssCardWrong, error))
        }
        let visit: VisitTime
        do {
            visit = try VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO")
        } catch {
            return .refused(Refusal(.vssCardWrong, error))
        }
        let ends = insurance.gtTheDen.split(separator: ";", omittingEmptySubsequences: false)
        var first: Refusal?
        for (index, card) in cards.enumerated() {
            do throws(Refusal) {
                let person = try CardKnownRule.person(of: card, in: registry, text: insurance.maTheBhyt)
                try CardAttributesRule.check(card, person, text: insurance.maTheBhyt)
                try InsuredNameRule.check(patient, person)
                try InsuredBirthDateRule.check(patient, person)
                try ValidityRule.check(
                    person, on: visit.date, writtenEnd: index < ends.count ? String(ends[index]) : "")
                return .covered(
                    code: CardInsurer.resultCode(person.subjectCode), percent: Benefit.percent(person.benefitLevel))
            } catch {
                first = first ?? error
            }
        }
        return first.map { .refused($0) } ?? .notInsured
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
