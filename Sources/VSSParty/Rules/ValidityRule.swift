import ExchangeSchema
import PartyCore

/// Result 010: the card is not valid on the day of admission, by the register or by what is written in GT_THE_DEN.
enum ValidityRule {
    static func check(_ person: InsuredPerson, on day: CivilDate, writtenEnd: String) throws(Refusal) {
        let end = written(writtenEnd) ?? person.validTo
        guard day >= person.validFrom, day <= min(end, person.validTo) else {
            throw Refusal(
                .vssCardExpired, field: "GT_THE_DEN", value: writtenEnd,
                rule: "the card is valid on the day of admission")
        }
    }

    /// Whether the card ran out before this day, by what is written alone.
    static func isOver(_ writtenEnd: String, on day: CivilDate) -> Bool {
        written(writtenEnd).map { $0 < day } ?? false
    }

    private static func written(_ end: String) -> CivilDate? { Int(end).flatMap(CivilDate.init(number:)) }
}
