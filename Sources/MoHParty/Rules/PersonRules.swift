import ExchangeSchema
import PartyCore

/// What is examined of the person, in its order, where no card is looked up.
enum PersonRules {
    static func check(
        _ administrative: ExaminedPerson
    ) throws(Refusal) -> (birthDate: CivilDate, residence: Province) {
        try NameRule.check(administrative)
        let birthDate = try BirthDateRule.check(administrative)
        try CitizenNumberRule.check(administrative, birthDate: birthDate)
        return (birthDate, try ResidenceRule.check(administrative))
    }
}
