import ExchangeSchema
import PartyCore

/// Result 050: no card information. The card's number belongs to nobody.
enum CardKnownRule {
    static func person(
        of card: InsuranceCard, in registry: some InsuranceRegistry, text: String
    ) throws(Refusal) -> InsuredPerson {
        let found: InsuredPerson? =
            switch card {
            case .full(_, _, _, let number): registry.insured(socialInsuranceNumber: number)
            case .socialInsurance(let number): registry.insured(socialInsuranceNumber: number)
            case .citizen(let number): registry.insured(citizenNumber: number)
            }
        guard let person = found else {
            throw Refusal(.vssCardUnknown, field: "MA_THE_BHYT", value: text, rule: "no insured person has this card")
        }
        return person
    }
}
