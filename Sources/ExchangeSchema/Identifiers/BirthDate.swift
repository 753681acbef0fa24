/// NGAY_SINH: 12 or 8 digits; unknown parts are written as zeros.
///
/// Decision 130/QD-BYT, annex, XML1: hour and minute are `0000` when unknown, and so are day and month.
public enum BirthDate {
    /// Reads NGAY_SINH to the day, whose month and day may be unknown.
    public static func parse(_ text: String, field: String = "NGAY_SINH") throws(IdentifierError) -> CivilDate {
        let rules = TimeDigits.Rules(
            length: .birthDateLength, digits: .birthDateDigits, day: .birthDateNoSuchDay, hour: .birthDateNoSuchHour)
        return try TimeDigits.read(text, field: field, rules: rules).date
    }
}
