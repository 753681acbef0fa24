/// The digits yyyymmdd, with or without HHMM, that times and birth dates share.
struct TimeDigits {
    /// The rules that a field names when its digits break them.
    struct Rules {
        var length: IdentifierError.Rule
        var digits: IdentifierError.Rule
        var day: IdentifierError.Rule
        var hour: IdentifierError.Rule
    }

    /// The number HHMM; 0 when it was not given.
    var hourAndMinute: Int32
    /// Whether hour and minute were given.
    var hasHour: Bool
    /// The day; its parts may be unknown.
    var date: CivilDate

    /// Reads 12 or 8 digits.
    @inline(__always)
    static func read(_ text: String, field: String, rules: Rules) throws(IdentifierError) -> TimeDigits {
        let count = text.utf8.count
        guard count == 12 || count == 8 else { throw IdentifierError(field: field, rule: rules.length, value: text) }
        guard case .number(let digits) = DecimalDigits.read(text, count: count) else {
            throw IdentifierError(field: field, rule: rules.digits, value: text)
        }
        let (day, time) = count == 12 ? (digits / 10_000, digits % 10_000) : (digits, 0)
        guard let date = CivilDate(number: Int(day)) else {
            throw IdentifierError(field: field, rule: rules.day, value: text)
        }
        guard time / 100 < 24, time % 100 < 60 else {
            throw IdentifierError(field: field, rule: rules.hour, value: text)
        }
        return TimeDigits(hourAndMinute: Int32(time), hasHour: count == 12, date: date)
    }
}
