import ExchangeSchema

/// A made-up person of the kit, as a file of people writes one (docs/people.md).
package struct ConformancePerson: Sendable, Equatable {
    /// 12 digits; empty for somebody who has none.
    package var citizenNumber: String
    /// HO_TEN.
    package var fullName: String
    /// `1985-03-17`.
    package var birthDate: String
    /// The 15 characters of the card; empty for somebody who is not insured.
    package var card = ""
    /// First and last day of the card.
    package var validity = ("2026-01-01", "2027-12-31")
    /// What the file says beyond that, by column.
    package var more: [String: String] = [:]
    /// Why the person is there.
    package var story: String
    /// What the fund pays of a visit with this card, in percent.
    var percent = 80

    /// NGAY_SINH.
    var born: String { birthDate.replacing("-", with: "") }
    /// GIOI_TINH, as the number says it.
    var sex: String { (try? CitizenNumber(parsing: citizenNumber))?.sex.description ?? "1" }

    package static func == (one: ConformancePerson, other: ConformancePerson) -> Bool {
        one.citizenNumber == other.citizenNumber && one.fullName == other.fullName && one.card == other.card
    }
}
