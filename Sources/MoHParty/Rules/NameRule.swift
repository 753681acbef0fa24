import ExchangeSchema
import PartyCore

/// HO_TEN is a name: letters, marks and the few signs that names have.
enum NameRule {
    static func check(_ administrative: ExaminedPerson) throws(Refusal) {
        if let rule = PersonName.violatedRule(administrative.hoTen) {
            throw Refusal(.mohNameInvalid, field: "HO_TEN", value: administrative.hoTen, rule: rule.text)
        }
    }
}
