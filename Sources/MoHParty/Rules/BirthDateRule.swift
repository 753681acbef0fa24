import ExchangeSchema
import PartyCore

/// NGAY_SINH is a day, with unknown parts 00. Decision 130/QD-BYT, annex, XML1 NGAY_SINH.
enum BirthDateRule {
    static func check(_ administrative: ExaminedPerson) throws(Refusal) -> CivilDate {
        do {
            return try BirthDate.parse(administrative.ngaySinh)
        } catch {
            throw Refusal(.mohBirthDateInvalid, error)
        }
    }
}
