import ExchangeSchema

/// What the tables ask for, which changes by date. A visit is read by the edition in force on the day it ended (NGAY_RA).
public enum StandardEdition: Int, Sendable, CaseIterable, Comparable {
    /// Decision 130/QD-BYT as amended by Decision 4750/QD-BYT.
    case decision4750
    /// Decision 3276/QD-BYT (2025): codes of MA_DOITUONG_KCB have up to four characters (1.11 to 1.18). The texts at hand
    /// give its year and not its day, so it is read as in force since the first day of 2026.
    case decision3276
    /// Decision 1931/QD-BYT (29 June 2026), in force since 1 July 2026: MUC_HUONG has up to four characters, so that a
    /// share such as 47.5 can be written.
    case decision1931

    /// The first day on which the edition is in force, yyyymmdd; nil for the oldest one that is read.
    var firstDay: Int32? {
        switch self {
        case .decision4750: nil
        case .decision3276: 20_260_101
        case .decision1931: 20_260_701
        }
    }

    /// The edition of a visit that ended on a day; the oldest when the day is not known.
    static func on(_ day: CivilDate?) -> StandardEdition {
        guard let day else { return .decision4750 }
        return allCases.last { $0.firstDay.map { $0 <= day.number } ?? true } ?? .decision4750
    }

    /// The day of NGAY_RA, when it is one.
    static func day(ofDischarge value: String) -> CivilDate? {
        guard let time = try? VisitTime(parsing: value, field: "NGAY_RA") else { return nil }
        return time.date
    }

    /// Earlier editions come first.
    public static func < (first: StandardEdition, second: StandardEdition) -> Bool { first.rawValue < second.rawValue }

    /// The rule of a field in this edition.
    func amended(_ rule: FieldRule, in table: VisitTable) -> FieldRule {
        let isLonger =
            switch (table, rule.name) {
            case (.xml1, "MA_DOITUONG_KCB"): self >= .decision3276
            case (.xml2, "MUC_HUONG"), (.xml3, "MUC_HUONG"): self >= .decision1931
            default: false
            }
        guard isLonger, let length = rule.maximumLength, length < 4 else { return rule }
        return FieldRule(
            name: rule.name, kind: rule.kind, maximumLength: 4, isRequired: rule.isRequired, shape: rule.shape)
    }
}
