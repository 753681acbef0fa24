import ExchangeSchema

/// What the tables ask for, which changes by date. A visit is read by the edition in force on the day it ended (NGAY_RA).
///
/// The base is Decision 130/QD-BYT as amended by Decision 4750/QD-BYT; what changed since stands in the files of the set
/// `field-rules` (``DatedTables``), of which several may be in force at once.
public struct StandardEdition: Sendable, Hashable {
    /// Places of the amendments in force, oldest first.
    let amendments: [Int]

    /// Decision 130/QD-BYT as amended by Decision 4750/QD-BYT, and nothing since.
    public static let decision4750 = StandardEdition(amendments: [])

    /// The edition of a visit that ended on a day; the oldest when the day is not known.
    static func on(_ day: CivilDate?, _ rules: FieldRuleBook = .shipped) -> StandardEdition {
        day.map { rules.edition(onDay: $0.number) } ?? .decision4750
    }

    /// The day of NGAY_RA, when it is one.
    static func day(ofDischarge value: String) -> CivilDate? {
        guard let time = try? VisitTime(parsing: value, field: "NGAY_RA") else { return nil }
        return time.date
    }
}
