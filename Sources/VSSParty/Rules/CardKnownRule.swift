import ExchangeSchema
import PartyCore

/// Result 050: no card information. The card's number belongs to nobody.
enum CardKnownRule {
    static func check(_ holder: InsuredPerson?, text: String) throws(Refusal) -> InsuredPerson {
        guard let holder else {
            throw Refusal(.vssCardUnknown, field: "MA_THE_BHYT", value: text, rule: "no insured person has this card")
        }
        return holder
    }
}
